namespace Paddock.Store.Ledger;

/// <summary>The ledger's statements, with numbered parameters in the order of <see cref="CallFields"/>.</summary>
internal static class LedgerSql
{
    private static readonly string openingColumns = Columns(CallFields.Opening);
    private static readonly string closingColumns = Columns(CallFields.Closing);

    /// <summary>Opening values.</summary>
    public static readonly string InsertOpen =
        $"""
        INSERT INTO calls ({openingColumns})
        VALUES ({Parameters(1, CallFields.Opening.Length)})
        ON CONFLICT (id) DO NOTHING
        """;

    /// <summary>Opening values, then closing values. Changes no row when the call is there and closed.</summary>
    public static readonly string InsertClosed =
        $"""
        INSERT INTO calls ({openingColumns}, {closingColumns})
        VALUES ({Parameters(1, CallFields.Opening.Length + CallFields.Closing.Length)})
        ON CONFLICT (id) DO UPDATE SET {string.Join(", ", CallFields.Closing.Select(f => $"{f.Column} = excluded.{f.Column}"))}
        WHERE calls.closed_at IS NULL
        """;

    /// <summary>Closing values, then the call's id. Gives whom it is charged to; no row when the call is not open.</summary>
    public static readonly string Close =
        $"""
        UPDATE calls SET {string.Join(", ", CallFields.Closing.Select((f, i) => $"{f.Column} = ?{i + 1}"))}
        WHERE id = ?{CallFields.Closing.Length + 1} AND closed_at IS NULL
        RETURNING opened_at, principal_id, key_id, teams, task_id
        """;

    public const string NoteOpen = "INSERT INTO open_calls (call_id, journal) VALUES (?1, ?2) ON CONFLICT (call_id) DO NOTHING";

    public const string ForgetOpen = "DELETE FROM open_calls WHERE call_id = ?1";

    /// <summary>The call's id, then the attempt's values.</summary>
    public static readonly string InsertAttempt =
        $"""
        INSERT INTO attempts (call_id, {Columns(CallFields.Attempt)})
        VALUES ({Parameters(1, CallFields.Attempt.Length + 1)})
        ON CONFLICT (call_id, number) DO NOTHING
        """;

    public const string AddSpend =
        """
        INSERT INTO spend (bucket, kind, subject, nano_usd, tokens)
        VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (bucket, kind, subject) DO UPDATE
        SET nano_usd = spend.nano_usd + excluded.nano_usd, tokens = spend.tokens + excluded.tokens
        """;

    public const string MoveCursor =
        """
        INSERT INTO journal_cursors (journal, segment, place)
        VALUES (?1, ?2, ?3)
        ON CONFLICT (journal) DO UPDATE SET segment = excluded.segment, place = excluded.place
        """;

    public static string Columns(CallField[] fields) => string.Join(", ", fields.Select(f => f.Column));

    private static string Parameters(int first, int count) => string.Join(", ", Enumerable.Range(first, count).Select(n => $"?{n}"));
}
