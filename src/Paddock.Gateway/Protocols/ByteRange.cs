namespace Paddock.Gateway.Protocols;

/// <summary>A part of a buffer. The default value means "not there".</summary>
internal readonly record struct ByteRange(int Start, int Length)
{
    public bool IsPresent => Length > 0;

    public int End => Start + Length;

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> buffer) => buffer.Slice(Start, Length);
}
