using Npgsql;
using Paddock.Store.Tasks;

namespace Paddock.Store.Ledger;

/// <summary>One batch, sorted into the statements it needs.</summary>
internal sealed class PostgresLedgerBatch
{
    private readonly PostgresColumns fresh = new(PostgresLedgerSql.ContextFields);
    private readonly PostgresColumns opens = new(PostgresLedgerSql.OpenFields);
    private readonly PostgresColumns inserts = new(PostgresLedgerSql.ClosedFields);
    private readonly PostgresColumns closes = new(PostgresLedgerSql.CloseFields);
    private readonly Dictionary<Guid, (CallContext? Context, long OpenedAt, BatchCall Call)> ends = [];
    private readonly HashSet<string> tasks = new(StringComparer.Ordinal);
    private readonly LedgerBatch batch;
    private readonly NpgsqlConnection connection;
    private readonly CancellationToken cancellation;

    public PostgresLedgerBatch(LedgerBatch batch, ContextCache contexts, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        (this.batch, this.connection, cancellation) = (batch, connection, cancellationToken);
        foreach (ref readonly var call in batch.Calls)
        {
            if (call.Opens)
            {
                Sort(call, contexts);
            }
            else
            {
                closes.Row(call.Id).Add(new ClosingView(batch.Closing(call)).Fields, CallFields.Closing.Length);
                ends.Add(call.Id, (null, 0, call));
            }
        }
    }

    public async Task AddContextsAsync()
    {
        if (fresh.Count > 0)
        {
            await using var insert = fresh.Command(PostgresLedgerSql.InsertContexts, connection);
            await insert.ExecuteNonQueryAsync(cancellation);
        }
    }

    /// <summary>Calls that did not end in the batch.</summary>
    public async Task OpenAsync()
    {
        if (opens.Count == 0)
        {
            return;
        }

        var opened = new List<Guid>();
        await using (var insert = opens.Command(PostgresLedgerSql.InsertOpen, connection))
        await using (var rows = await insert.ExecuteReaderAsync(cancellation))
        {
            while (await rows.ReadAsync(cancellation))
            {
                opened.Add(rows.GetGuid(0));
            }
        }

        await using var note = new NpgsqlCommand(PostgresLedgerSql.NoteOpen, connection) { Parameters = { new() { Value = opened }, new() { Value = batch.Journal } } };
        await note.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Ends calls: those that began here, and those that began earlier.</summary>
    public async Task CloseAsync(ContextCache contexts, SpendTotals totals)
    {
        var ended = new List<(Guid Call, long OpenedAt, Guid Context)>();
        if (inserts.Count > 0)
        {
            await using var insert = inserts.Command(PostgresLedgerSql.InsertClosed, connection);
            await using var rows = await insert.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                var (context, openedAt, _) = ends[rows.GetGuid(0)];
                ended.Add((rows.GetGuid(0), openedAt, context!.Id));
            }
        }

        if (closes.Count > 0)
        {
            await using var update = closes.Command(PostgresLedgerSql.Close, connection);
            await using var rows = await update.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                ended.Add((rows.GetGuid(0), rows.GetInt64(1), rows.GetGuid(2)));
            }
        }

        await FinishAsync(ended, contexts, totals);
    }

    public async Task AddSpendAsync(List<SpendRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using var add = new NpgsqlCommand(PostgresLedgerSql.AddSpend, connection)
        {
            Parameters =
            {
                new() { Value = rows.Select(r => r.Bucket).ToArray() },
                new() { Value = rows.Select(r => r.Kind).ToArray() },
                new() { Value = rows.Select(r => r.Subject).ToArray() },
                new() { Value = rows.Select(r => r.NanoUsd).ToArray() },
                new() { Value = rows.Select(r => r.Tokens).ToArray() },
            },
        };
        await add.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Says of which tasks something became known. After <see cref="CloseAsync"/>.</summary>
    public async Task MarkAsync()
    {
        if (tasks.Count > 0)
        {
            await using var mark = new NpgsqlCommand(TaskMarks.InsertMany, connection) { Parameters = { new() { Value = tasks.ToArray() } } };
            await mark.ExecuteNonQueryAsync(cancellation);
        }
    }

    public async Task MoveCursorAsync()
    {
        await using var move = new NpgsqlCommand(PostgresLedgerSql.MoveCursor, connection)
        {
            Parameters = { new() { Value = batch.Journal }, new() { Value = batch.To.Segment }, new() { Value = batch.To.Offset } },
        };
        await move.ExecuteNonQueryAsync(cancellation);
    }

    private void Sort(in BatchCall call, ContextCache contexts)
    {
        var opening = new OpeningView(batch.Opening(call));
        var context = contexts.Of(opening.Context, out var isFresh);
        Mark(context);
        if (isFresh)
        {
            fresh.Row(context.Id).Add(context.Values, CallFields.Context.Length);
        }

        var row = (call.Closes ? inserts : opens).Row(call.Id, context.Id).Add(opening.Fields, CallFields.Opening.Length);
        if (call.Closes)
        {
            row.Add(new ClosingView(batch.Closing(call)).Fields, CallFields.Closing.Length);
            ends.Add(call.Id, (context, opening.OpenedAt, call));
        }
    }

    private async Task FinishAsync(List<(Guid Call, long OpenedAt, Guid Context)> ended, ContextCache contexts, SpendTotals totals)
    {
        await FindContextsAsync([.. ended.Select(e => e.Context).Distinct().Where(c => contexts.Find(c) is null)], contexts);
        var attempts = new PostgresColumns(PostgresLedgerSql.AttemptFields);
        foreach (var (call, openedAt, contextId) in ended)
        {
            var closing = new ClosingView(batch.Closing(ends[call].Call));
            Mark(contexts.Find(contextId)!);
            totals.Add(contexts.Find(contextId)!, openedAt, closing.NanoUsd, closing.Tokens);
            var groups = closing.AttemptGroups();
            for (var i = 0; i < closing.Attempts; i++)
            {
                attempts.Row(call).Add(groups.Group(), CallFields.Attempt.Length);
            }
        }

        if (attempts.Count > 0)
        {
            await using var insert = attempts.Command(PostgresLedgerSql.InsertAttempts, connection);
            await insert.ExecuteNonQueryAsync(cancellation);
        }

        if (closes.Count > 0)
        {
            await using var forget = new NpgsqlCommand(PostgresLedgerSql.ForgetOpen, connection) { Parameters = { new() { Value = ended.Select(e => e.Call).ToArray() } } };
            await forget.ExecuteNonQueryAsync(cancellation);
        }
    }

    private void Mark(CallContext context)
    {
        if (context.Task is { } task)
        {
            tasks.Add(task);
        }
    }

    private async Task FindContextsAsync(Guid[] missing, ContextCache contexts)
    {
        if (missing.Length == 0)
        {
            return;
        }

        await using var find = new NpgsqlCommand(PostgresLedgerSql.FindContexts, connection) { Parameters = { new() { Value = missing } } };
        await using var rows = await find.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            contexts.Add(CallContext.FromRow(rows.GetGuid(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetValue(4) as string));
        }
    }
}
