using System.Text;
using Npgsql;
using Paddock.Store.Dialects;

namespace Paddock.Store.Ledger;

/// <summary>The ledger's batches into PostgreSQL: a handful of statements for a batch of any size.</summary>
internal sealed class PostgresLedgerSink(PostgresDatabase database) : ILedgerSink
{
    private readonly LostCalls lost = new(database);
    private readonly SpendTotals totals = new();

    public Task<JournalPosition?> CursorAsync(Guid journal, CancellationToken cancellationToken) => LedgerCursor.ReadAsync(database, journal, cancellationToken);

    public async Task ApplyAsync(LedgerBatch batch, CancellationToken cancellationToken)
    {
        if (batch.LostAt is { } at)
        {
            await lost.CloseAsync(batch, at, everywhere: false, cancellationToken);
            return;
        }

        totals.Clear();
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await MoveCursorAsync(connection, batch, cancellationToken);
        await OpenAsync(connection, batch, cancellationToken);
        var ended = await InsertAsync(connection, batch, cancellationToken);
        ended.UnionWith(await CloseAsync(connection, batch, cancellationToken));
        await AddAttemptsAsync(connection, batch, ended, cancellationToken);
        await AddSpendAsync(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task MoveCursorAsync(NpgsqlConnection connection, LedgerBatch batch, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(PostgresLedgerSql.MoveCursor, connection)
        {
            Parameters = { new() { Value = batch.Journal }, new() { Value = batch.To.Segment }, new() { Value = batch.To.Offset } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task OpenAsync(NpgsqlConnection connection, LedgerBatch batch, CancellationToken cancellationToken)
    {
        var columns = new PostgresColumns(CallFields.Opening);
        foreach (ref readonly var call in batch.Calls)
        {
            if (!call.Closes)
            {
                columns.Add(batch.Opening(call));
            }
        }

        if (columns.Count == 0)
        {
            return;
        }

        var opened = new List<Guid>();
        await using (var insert = columns.Command(PostgresLedgerSql.InsertOpen, connection))
        await using (var rows = await insert.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                opened.Add(rows.GetGuid(0));
            }
        }

        await using var note = new NpgsqlCommand(PostgresLedgerSql.NoteOpen, connection) { Parameters = { new() { Value = opened }, new() { Value = batch.Journal } } };
        await note.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Calls that began and ended in the batch.</summary>
    private async Task<HashSet<Guid>> InsertAsync(NpgsqlConnection connection, LedgerBatch batch, CancellationToken cancellationToken)
    {
        var columns = new PostgresColumns(PostgresLedgerSql.ClosedFields);
        foreach (ref readonly var call in batch.Calls)
        {
            if (call.Opens && call.Closes)
            {
                columns.Add(batch.Opening(call), 0, CallFields.Opening.Length);
                columns.Add(new ClosingView(batch.Closing(call)).Fields, CallFields.Opening.Length);
            }
        }

        var inserted = new HashSet<Guid>();
        if (columns.Count == 0)
        {
            return inserted;
        }

        await using var insert = columns.Command(PostgresLedgerSql.InsertClosed, connection);
        await using var rows = await insert.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            inserted.Add(rows.GetGuid(0));
        }

        foreach (ref readonly var call in batch.Calls)
        {
            if (inserted.Contains(call.Id))
            {
                var closing = new ClosingView(batch.Closing(call));
                totals.Add(CallAccounts.Of(batch.Opening(call)), closing.NanoUsd, closing.Tokens);
            }
        }

        return inserted;
    }

    /// <summary>Ends of calls that began in an earlier batch.</summary>
    private async Task<List<Guid>> CloseAsync(NpgsqlConnection connection, LedgerBatch batch, CancellationToken cancellationToken)
    {
        var columns = new PostgresColumns(PostgresLedgerSql.CloseFields);
        var closings = new Dictionary<Guid, BatchCall>();
        foreach (ref readonly var call in batch.Calls)
        {
            if (!call.Opens)
            {
                columns.AddId(call.Id);
                columns.Add(new ClosingView(batch.Closing(call)).Fields, 1);
                closings.Add(call.Id, call);
            }
        }

        var closed = new List<Guid>();
        if (columns.Count == 0)
        {
            return closed;
        }

        await using (var update = columns.Command(PostgresLedgerSql.Close, connection))
        await using (var rows = await update.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                closed.Add(rows.GetGuid(0));
                var closing = new ClosingView(batch.Closing(closings[closed[^1]]));
                totals.Add(Accounts(rows), closing.NanoUsd, closing.Tokens);
            }
        }

        await using var forget = new NpgsqlCommand(PostgresLedgerSql.ForgetOpen, connection) { Parameters = { new() { Value = closed } } };
        await forget.ExecuteNonQueryAsync(cancellationToken);
        return closed;
    }

    private static CallAccounts Accounts(NpgsqlDataReader row) => new()
    {
        OpenedAt = row.GetInt64(1),
        Principal = Encoding.UTF8.GetBytes(row.GetString(2)),
        Key = Encoding.UTF8.GetBytes(row.GetString(3)),
        Teams = Encoding.UTF8.GetBytes(row.GetString(4)),
        Task = row.IsDBNull(5) ? default : Encoding.UTF8.GetBytes(row.GetString(5)),
    };

    private static async Task AddAttemptsAsync(NpgsqlConnection connection, LedgerBatch batch, HashSet<Guid> ended, CancellationToken cancellationToken)
    {
        var columns = new PostgresColumns(PostgresLedgerSql.AttemptFields);
        foreach (ref readonly var call in batch.Calls)
        {
            if (ended.Contains(call.Id))
            {
                var closing = new ClosingView(batch.Closing(call));
                var groups = closing.AttemptGroups();
                for (var i = 0; i < closing.Attempts; i++)
                {
                    columns.AddId(call.Id);
                    columns.Add(groups.Group(), 1);
                }
            }
        }

        if (columns.Count > 0)
        {
            await using var insert = columns.Command(PostgresLedgerSql.InsertAttempts, connection);
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private async Task AddSpendAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var sorted = totals.All
            .Select(t => (t.Bucket, Kind: SpendKinds.Names[(int)t.Kind], Subject: Encoding.UTF8.GetString(t.Subject), t.NanoUsd, t.Tokens))
            .Order()
            .ToArray();
        if (sorted.Length == 0)
        {
            return;
        }

        await using var add = new NpgsqlCommand(PostgresLedgerSql.AddSpend, connection)
        {
            Parameters =
            {
                new() { Value = sorted.Select(t => t.Bucket).ToArray() },
                new() { Value = sorted.Select(t => t.Kind).ToArray() },
                new() { Value = sorted.Select(t => t.Subject).ToArray() },
                new() { Value = sorted.Select(t => t.NanoUsd).ToArray() },
                new() { Value = sorted.Select(t => t.Tokens).ToArray() },
            },
        };
        await add.ExecuteNonQueryAsync(cancellationToken);
    }
}
