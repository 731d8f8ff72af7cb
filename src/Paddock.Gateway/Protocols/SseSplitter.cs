namespace Paddock.Gateway.Protocols;

/// <summary>
/// Finds whole SSE events in a growing buffer (WHATWG HTML §9.2.6: lines end in LF, CR or CRLF; a blank line ends an event).
/// Keeps where it stopped, so that a long line arriving in many reads is scanned once.
/// </summary>
internal struct SseSplitter
{
    private int lineStart;
    private int scanned;

    /// <summary>Length of the first whole event with its blank line, or -1. Pass the bytes from the event's start each time.</summary>
    public int Next(ReadOnlySpan<byte> buffer)
    {
        while (true)
        {
            var offset = buffer[scanned..].IndexOfAny((byte)'\n', (byte)'\r');
            if (offset < 0)
            {
                scanned = buffer.Length;
                return -1;
            }

            var end = scanned + offset;
            var blank = end == lineStart;
            var next = end + 1;
            if (buffer[end] == '\r')
            {
                if (next < buffer.Length)
                {
                    next += buffer[next] == '\n' ? 1 : 0;
                }
                else if (!blank)
                {
                    scanned = end; // a LF may follow and belong to this line's end
                    return -1;
                }
            }

            (lineStart, scanned) = (next, next);
            if (blank)
            {
                this = default;
                return next;
            }
        }
    }
}
