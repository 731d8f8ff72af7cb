namespace Paddock.Store.Ledger;

/// <summary>The ledger's statements for one row, with numbered parameters in the order of <see cref="CallFields"/>.</summary>
internal static class LedgerSql
{
    /// <summary>The context's id, then its values.</summary>
    public static readonly string InsertContext =
        $"""
        INSERT INTO call_contexts (id, {Columns(CallFields.Context)})
        VALUES ({Parameters(1 + CallFields.Context.Length)})
        ON CONFLICT (id) DO NOTHING
        """;

    /// <summary>The call's id, the context's id, then opening values.</summary>
    public static readonly string InsertOpen =
        $"""
        INSERT INTO calls (id, context_id, {Columns(CallFields.Opening)})
        VALUES ({Parameters(2 + CallFields.Opening.Length)})
        ON CONFLICT (id) DO NOTHING
        """;

    /// <summary>The call's id, the context's id, opening values, closing values. Changes no row when the call is there and closed.</summary>
    public static readonly string InsertClosed =
        $"""
        INSERT INTO calls (id, context_id, {Columns(CallFields.Opening)}, {Columns(CallFields.Closing)})
        VALUES ({Parameters(2 + CallFields.Opening.Length + CallFields.Closing.Length)})
        ON CONFLICT (id) DO UPDATE SET {string.Join(", ", CallFields.Closing.Select(f => $"{f.Column} = excluded.{f.Column}"))}
        WHERE calls.closed_at IS NULL
        """;

    /// <summary>The call's id, then closing values. Gives whom it is charged to; no row when the call is not open.</summary>
    public static readonly string Close =
        $"""
        UPDATE calls SET {string.Join(", ", CallFields.Closing.Select((f, i) => $"{f.Column} = ?{i + 2}"))}
        WHERE id = ?1 AND closed_at IS NULL
        RETURNING opened_at, context_id
        """;

    public const string NoteOpen = "INSERT INTO open_calls (call_id, journal) VALUES (?1, ?2) ON CONFLICT (call_id) DO NOTHING";

    public const string ForgetOpen = "DELETE FROM open_calls WHERE call_id = ?1";

    /// <summary>The call's id, then the attempt's values.</summary>
    public static readonly string InsertAttempt =
        $"""
        INSERT INTO attempts (call_id, {Columns(CallFields.Attempt)})
        VALUES ({Parameters(1 + CallFields.Attempt.Length)})
        ON CONFLICT (call_id, number) DO NOTHING
        """;

    public const string MoveCursor =
        """
        INSERT INTO journal_cursors (journal, segment, place)
        VALUES (?1, ?2, ?3)
        ON CONFLICT (journal) DO UPDATE SET segment = excluded.segment, place = excluded.place
        """;

    public const string AddSpend =
        """
        INSERT INTO spend (bucket, kind, subject, nano_usd, tokens)
        VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (bucket, kind, subject) DO UPDATE
        SET nano_usd = spend.nano_usd + excluded.nano_usd, tokens = spend.tokens + excluded.tokens
        """;

    /// <summary>The context's id.</summary>
    public const string FindContext = "SELECT principal_id, key_id, teams, task_id FROM call_contexts WHERE id = ?1";

    public static string Columns(IEnumerable<CallField> fields) => string.Join(", ", fields.Select(f => f.Column));

    private static string Parameters(int count) => string.Join(", ", Enumerable.Range(1, count).Select(n => $"?{n}"));
}
