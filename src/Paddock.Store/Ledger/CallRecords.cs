using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Store.Dialects;

namespace Paddock.Store.Ledger;

/// <summary>Writes openings and closings as journal records, in the order of <see cref="CallFields"/>.</summary>
internal static class CallRecords
{
    public static ReadOnlySpan<byte> Encode(CallOpening opening)
    {
        var writer = RecordWriter.Begin(RecordKind.Opening);
        writer.Id(opening.Id.Value);
        var call = writer.BeginGroup();
        writer.Int(opening.At.ToMicros());
        writer.Int(opening.RequestBytes);
        writer.Int(opening.FloorNanoUsd);
        writer.Int(opening.FloorTokens);
        writer.EndGroup(call);
        EncodeContext(writer, opening);
        return writer.End();
    }

    private static void EncodeContext(RecordWriter writer, CallOpening opening)
    {
        var group = writer.BeginGroup();
        writer.Text(opening.Principal);
        writer.Text(opening.Key);
        writer.Names(opening.Teams);
        writer.Text(opening.Agent);
        writer.Text(opening.AgentVersion);
        writer.Text(opening.Task);
        writer.Text(opening.NativeTask);
        writer.Text(opening.ParentTask);
        writer.Text(opening.Mode);
        writer.Text(opening.Repository);
        writer.Text(opening.Device);
        writer.Text(opening.Wire.Name());
        writer.Text(opening.Path);
        writer.Text(opening.ModelAsked);
        writer.Flag(opening.Stream);
        writer.Text(opening.ReleaseDigest);
        writer.Text(opening.SystemHash);
        writer.Text(opening.ToolsHash);
        writer.Text(opening.ModeHash);
        writer.EndGroup(group);
    }

    public static ReadOnlySpan<byte> Encode(CallClosing closing)
    {
        var writer = RecordWriter.Begin(RecordKind.Closing);
        writer.Id(closing.Id.Value);
        var group = writer.BeginGroup();
        writer.Int(closing.At.ToMicros());
        writer.Text(CallNames.Outcome(closing.Outcome));
        writer.Int(closing.Status);
        writer.Text(closing.ErrorClass);
        writer.Text(closing.Provider);
        writer.Text(closing.ModelServed);
        writer.Int(closing.Usage.Input);
        writer.Int(closing.Usage.CacheRead);
        writer.Int(closing.Usage.CacheWrite5m);
        writer.Int(closing.Usage.CacheWrite1h);
        writer.Int(closing.Usage.Output);
        writer.Int(closing.Usage.Reasoning);
        writer.Flag(closing.Estimated);
        writer.Int(closing.CostNanoUsd);
        writer.Text(CallNames.Source(closing.PriceSource));
        writer.Text(closing.PriceRow);
        writer.Int(closing.Duration.ToMicros());
        writer.OptionalInt(closing.FirstDelta?.ToMicros());
        writer.Text(closing.Finish);
        writer.Int(closing.ResponseBytes);
        writer.EndGroup(group);
        EncodeAttempts(writer, closing.Attempts);
        return writer.End();
    }

    /// <param name="at">When the process began; what is lost was lost before it.</param>
    public static ReadOnlySpan<byte> EncodeStarted(DateTimeOffset at)
    {
        var writer = RecordWriter.Begin(RecordKind.Started);
        writer.Int(at.ToMicros());
        return writer.End();
    }

    public static ReadOnlySpan<byte> EncodeProbe() => RecordWriter.Begin(RecordKind.Probe).End();

    private static void EncodeAttempts(RecordWriter writer, IReadOnlyList<CallAttempt> attempts)
    {
        writer.Int(attempts.Count);
        for (var i = 0; i < attempts.Count; i++)
        {
            var attempt = attempts[i];
            var group = writer.BeginGroup();
            writer.Int(attempt.Number);
            writer.Text(attempt.Provider);
            writer.Text(attempt.Model);
            writer.Int(attempt.StartedAt.ToMicros());
            writer.Int(attempt.Duration.ToMicros());
            writer.Int(attempt.Status);
            writer.Text(attempt.ErrorClass);
            writer.Text(attempt.RequestId);
            writer.EndGroup(group);
        }
    }
}
