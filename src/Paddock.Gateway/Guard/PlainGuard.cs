using Paddock.Gateway.Protocols;

namespace Paddock.Gateway.Guard;

/// <summary>Judges the tool calls of an answer that is no stream.</summary>
internal static class PlainGuard
{
    /// <param name="besides">A change that has nothing to do with calls.</param>
    /// <returns>The answer with the arguments of refused calls replaced; the same bytes when there are none. Null when it cannot be judged and must not pass.</returns>
    public static async ValueTask<byte[]?> ApplyAsync(Exchange exchange, IToolJudge judge, Watch watch, ReadOnlyMemory<byte> body, Change? besides, CancellationToken cancellationToken)
    {
        var reader = exchange.Protocol.Tools;
        var parts = new ToolParts();
        var whole = new HeldEvent(body.ToArray(), null, 0, "") { Besides = besides };
        var calls = new CallBook(exchange, judge, body.Length);
        var good = reader.ReadPlain(body.Span, parts);
        for (var i = 0; good && i < parts.Count; i++)
        {
            good = calls.Take(parts[i], body.Span, whole);
        }

        good &= calls.CompleteAll();
        if (!good && watch is Watch.Enforce)
        {
            return null;
        }

        while (calls.IsWaiting)
        {
            await calls.WhenDecided().WaitAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested(); // what ends the call ends the wait for its decision too
            calls.Settle();
        }

        using var written = new MemoryStream(body.Length + 512);
        new HeldEventWriter(whole, reader, calls).Write(bytes => written.Write(bytes));
        return written.ToArray();
    }
}
