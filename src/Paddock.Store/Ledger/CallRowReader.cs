using System.Data.Common;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Store.Dialects;

namespace Paddock.Store.Ledger;

/// <summary>Maps rows of calls and attempts, whose columns come in the order of <see cref="CallFields"/>.</summary>
internal static class CallRowReader
{
    /// <summary>Of <c>calls c</c> and <c>call_contexts x</c>.</summary>
    public static readonly string Columns =
        "c.id, " + string.Join(", ", CallFields.Opening.Select(f => "c." + f.Column).Concat(CallFields.Context.Select(f => "x." + f.Column)).Concat(CallFields.Closing.Select(f => "c." + f.Column)));

    public static CallRow Read(DbDataReader row, IDialect dialect)
    {
        var id = new CallId(dialect.ReadId(row.GetValue(0)));
        var columns = new Columned(row, 1);
        var opening = ReadOpening(ref columns, id);
        return new(opening, columns.IsNull ? null : ReadClosing(ref columns, id));
    }

    public static CallAttempt ReadAttempt(DbDataReader row)
    {
        var columns = new Columned(row, 1);
        return new((int)columns.Int(), columns.Text()!, columns.Text()!, columns.Int().ToTime(), columns.Int().ToSpan(), (int)columns.Int(), columns.Text(), columns.Text());
    }

    private static CallOpening ReadOpening(ref Columned columns, CallId id) => new()
    {
        Id = id,
        At = columns.Int().ToTime(),
        RequestBytes = columns.Int(),
        FloorNanoUsd = columns.Int(),
        FloorTokens = columns.Int(),
        Principal = columns.Text()!,
        Key = columns.Text()!,
        Teams = TeamNames.Parse(columns.Text()!),
        Agent = columns.Text()!,
        AgentVersion = columns.Text(),
        Task = columns.Text(),
        NativeTask = columns.Text(),
        ParentTask = columns.Text(),
        Mode = columns.Text(),
        Repository = columns.Text(),
        Device = columns.Text(),
        Wire = WireNames.TryParse(columns.Text()!, out var wire) ? wire : default,
        Path = columns.Text()!,
        ModelAsked = columns.Text()!,
        Stream = columns.Flag(),
        ReleaseDigest = columns.Text()!,
        SystemHash = columns.Text(),
        ToolsHash = columns.Text(),
        ModeHash = columns.Text(),
    };

    private static CallClosing ReadClosing(ref Columned columns, CallId id) => new()
    {
        Id = id,
        At = columns.Int().ToTime(),
        Outcome = CallNames.ParseOutcome(columns.Text()!),
        Status = (int)columns.Int(),
        ErrorClass = columns.Text(),
        Provider = columns.Text(),
        ModelServed = columns.Text(),
        Usage = new()
        {
            Input = columns.Int(),
            CacheRead = columns.Int(),
            CacheWrite5m = columns.Int(),
            CacheWrite1h = columns.Int(),
            Output = columns.Int(),
            Reasoning = columns.Int(),
        },
        Estimated = columns.Flag(),
        CostNanoUsd = columns.Int(),
        PriceSource = CallNames.ParseSource(columns.Text()!),
        PriceRow = columns.Text(),
        Duration = columns.Int().ToSpan(),
        FirstDelta = columns.OptionalInt()?.ToSpan(),
        Finish = columns.Text(),
        ResponseBytes = columns.Int(),
    };

    /// <summary>Reads columns one after the other.</summary>
    private ref struct Columned(DbDataReader row, int next)
    {
        private int next = next;

        public readonly bool IsNull => row.IsDBNull(next);

        public long Int() => row.GetInt64(next++);

        public bool Flag() => row.GetBoolean(next++);

        public long? OptionalInt() => row.IsDBNull(next++) ? null : row.GetInt64(next - 1);

        public string? Text() => row.IsDBNull(next++) ? null : row.GetString(next - 1);
    }
}
