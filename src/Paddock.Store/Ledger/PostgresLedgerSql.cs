namespace Paddock.Store.Ledger;

/// <summary>The ledger's statements for whole batches: one array per column.</summary>
internal static class PostgresLedgerSql
{
    public static readonly CallField[] ContextFields = [new("id", FieldKind.Id), .. CallFields.Context];
    public static readonly CallField[] OpenFields = [new("id", FieldKind.Id), new("context_id", FieldKind.Id), .. CallFields.Opening];
    public static readonly CallField[] ClosedFields = [.. OpenFields, .. CallFields.Closing];
    public static readonly CallField[] CloseFields = [new("id", FieldKind.Id), .. CallFields.Closing];
    public static readonly CallField[] AttemptFields = [new("call_id", FieldKind.Id), .. CallFields.Attempt];

    public static readonly string InsertContexts =
        $"""
        INSERT INTO call_contexts ({LedgerSql.Columns(ContextFields)})
        SELECT * FROM unnest({PostgresColumns.Parameters(ContextFields)})
        ON CONFLICT (id) DO NOTHING
        """;

    /// <summary>Gives the ids that were not there.</summary>
    public static readonly string InsertOpen =
        $"""
        INSERT INTO calls ({LedgerSql.Columns(OpenFields)})
        SELECT * FROM unnest({PostgresColumns.Parameters(OpenFields)})
        ON CONFLICT (id) DO NOTHING
        RETURNING id
        """;

    public const string NoteOpen =
        """
        INSERT INTO open_calls (call_id, journal)
        SELECT call_id, $2 FROM unnest($1) AS u (call_id)
        ON CONFLICT (call_id) DO NOTHING
        """;

    /// <summary>Gives the ids that were not closed before.</summary>
    public static readonly string InsertClosed =
        $"""
        INSERT INTO calls ({LedgerSql.Columns(ClosedFields)})
        SELECT * FROM unnest({PostgresColumns.Parameters(ClosedFields)})
        ON CONFLICT (id) DO UPDATE SET {string.Join(", ", CallFields.Closing.Select(f => $"{f.Column} = excluded.{f.Column}"))}
        WHERE calls.closed_at IS NULL
        RETURNING id
        """;

    /// <summary>Gives the ids that were open, and whom each is charged to.</summary>
    public static readonly string Close =
        $"""
        UPDATE calls SET {string.Join(", ", CallFields.Closing.Select(f => $"{f.Column} = u.{f.Column}"))}
        FROM unnest({PostgresColumns.Parameters(CloseFields)}) AS u ({LedgerSql.Columns(CloseFields)})
        WHERE calls.id = u.id AND calls.closed_at IS NULL
        RETURNING calls.id, opened_at, context_id
        """;

    public const string FindContexts = "SELECT id, principal_id, key_id, teams, task_id FROM call_contexts WHERE id = ANY ($1)";

    public const string ForgetOpen = "DELETE FROM open_calls WHERE call_id = ANY ($1)";

    public static readonly string InsertAttempts =
        $"""
        INSERT INTO attempts ({LedgerSql.Columns(AttemptFields)})
        SELECT * FROM unnest({PostgresColumns.Parameters(AttemptFields)})
        ON CONFLICT (call_id, number) DO NOTHING
        """;

    public const string AddSpend =
        """
        INSERT INTO spend (bucket, kind, subject, nano_usd, tokens)
        SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])
        ON CONFLICT (bucket, kind, subject) DO UPDATE
        SET nano_usd = spend.nano_usd + excluded.nano_usd, tokens = spend.tokens + excluded.tokens
        """;

    public const string MoveCursor =
        """
        INSERT INTO journal_cursors (journal, segment, place) VALUES ($1, $2, $3)
        ON CONFLICT (journal) DO UPDATE SET segment = excluded.segment, place = excluded.place
        """;
}
