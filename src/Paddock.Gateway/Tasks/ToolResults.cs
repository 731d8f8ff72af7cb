using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Paddock.Core.Models;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Scm;
using Paddock.Core.Tools;
using Paddock.Gateway.Guard;
using Paddock.Gateway.Protocols;
using Paddock.Gateway.Record;

namespace Paddock.Gateway.Tasks;

/// <summary>
/// Reads from a request what came of the tool calls before it, each once. Agents send the whole conversation with every request: it is
/// read from its end, as far as there are results that were not counted; of a task that this process has not seen, only the last turn's.
/// </summary>
internal sealed class ToolResults(IDecisions decisions, RecentCalls recent, ContentKeeper keeper, ToolShapes shapes, GatewayMetrics metrics, TimeProvider time)
{
    public void Read(Exchange exchange)
    {
        var facts = exchange.Request;
        var isFirst = facts.Turns == 0 || (facts.Turns == 1 && exchange.Wire is not Wire.OpenAiResponses); // there the provider may keep the turns before
        if (isFirst || exchange.Entrance.CountsTokens || exchange.Body is not { } body)
        {
            return;
        }

        try
        {
            Read(exchange, body.Span);
        }
        catch (MalformedJsonException)
        {
            // Half a surrogate pair: it is no text, and so no result that could be read. The request goes on as it is.
        }
    }

    private void Read(Exchange exchange, ReadOnlySpan<byte> body)
    {
        var (reader, facts) = (exchange.Protocol.Results, exchange.Request);
        var batch = new ResultBatch();
        TaskCalls? calls = null;
        var goesOn = true;
        var parts = new List<TurnPart>();
        for (var back = 0; goesOn && facts.TurnFromEnd(back) is { IsPresent: true } turn; back++)
        {
            parts.Clear();
            reader.Read(body, turn, parts);
            for (var i = parts.Count - 1; goesOn && i >= 0; i--)
            {
                if (!batch.Take(parts[i]))
                {
                    goesOn = Count(exchange, body, batch, ref calls);
                    batch = new();
                    batch.Take(parts[i]);
                }
            }
        }

        if (goesOn)
        {
            Count(exchange, body, batch, ref calls);
        }
    }

    /// <returns>Whether there may be more before it.</returns>
    private bool Count(Exchange exchange, ReadOnlySpan<byte> body, ResultBatch batch, ref TaskCalls? calls)
    {
        if (batch.IsEmpty)
        {
            return false;
        }

        var isNewest = calls is null;
        calls ??= recent.Of(exchange);
        var goesOn = calls.AnyCounted;
        foreach (var (result, call) in batch.Results)
        {
            if (calls.TryCount(result.Id, HashOf(body, call), isNewest))
            {
                Note(exchange, body, calls, result, call);
            }
            else
            {
                goesOn = false;
            }
        }

        return goesOn;
    }

    private void Note(Exchange exchange, ReadOnlySpan<byte> body, TaskCalls calls, TurnPart result, TurnPart? call)
    {
        var shape = call?.Name is { } name ? shapes.Of(exchange.Dialect, name, null) : ToolShape.Unknown;
        var decided = calls.Find(result.Id);
        var said = new ResultText(ResultReader.TextOf(body, result.Value), result.IsError);
        var came = decided is { IsLetGo: false } ? ToolResult.Denied : exchange.Dialect?.ResultOf(shape, said) ?? UsualResult.Of(shape, said);
        metrics.ToolEnded(came.End, shape.Class);
        var note = new ResultNote(decided?.Decision, exchange.Caller!.Principal.Id.Value, exchange.TaskId, result.Id, came, time.GetUtcNow()) // identified by now
        {
            Commits = shape.Class is ToolClass.Command && came.End is ToolEnd.Success ? CommitMarks.In(said.Text) : [],
        };
        Note(note, decided is { IsLetGo: true } ? decided.Value.ResultClass : null, result.Value.IsPresent ? result.Value.Of(body) : []);
    }

    /// <summary>With the content as it stands in the request, where a rule asks for it.</summary>
    private void Note(ResultNote note, string? cls, ReadOnlySpan<byte> content)
    {
        if (cls is null || content.IsEmpty)
        {
            decisions.NoteResult(note);
        }
        else
        {
            keeper.Later([new("result", cls, note.Task, note.Principal, content.ToArray())], marks => decisions.NoteResult(note with { Content = marks[0] }));
        }
    }

    /// <summary>Tells apart calls that have the same id. A call that the request does not repeat has none.</summary>
    private static long HashOf(ReadOnlySpan<byte> body, TurnPart? call)
    {
        if (call is not { } known)
        {
            return 0;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(known.Name ?? ""));
        hash.AppendData([0]);
        hash.AppendData(known.Value.IsPresent ? known.Value.Of(body) : []);
        Span<byte> bytes = stackalloc byte[32];
        hash.GetHashAndReset(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }
}
