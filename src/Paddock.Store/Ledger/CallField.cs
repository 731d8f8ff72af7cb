namespace Paddock.Store.Ledger;

/// <summary>How a value is written in a journal record.</summary>
internal enum FieldKind
{
    /// <summary>16 bytes, big-endian.</summary>
    Id,
    /// <summary>Length + 1 in 2 bytes (0 = null), then UTF-8.</summary>
    Text,
    /// <summary>8 bytes, little-endian.</summary>
    Int,
    /// <summary>1 byte (0 = null), then 8 bytes when it is 1.</summary>
    OptionalInt,
    /// <summary>1 byte.</summary>
    Flag,
}

/// <summary>One value of a record, which is one column of the ledger's tables.</summary>
internal readonly record struct CallField(string Column, FieldKind Kind);

/// <summary>
/// The order of values in journal records and of parameters in the ledger's statements: one list for both, so that a record is
/// bound as it is read. New fields go at the end of their list: an older record, which is shorter, reads as null or 0, and an older
/// version does not look at what follows the fields it knows.
/// </summary>
internal static class CallFields
{
    /// <summary>Of the call alone, after its id.</summary>
    public static readonly CallField[] Opening =
    [
        new("opened_at", FieldKind.Int),
        new("request_bytes", FieldKind.Int),
        new("floor_nano_usd", FieldKind.Int),
        new("floor_tokens", FieldKind.Int),
    ];

    /// <summary>Shared by the calls of a task.</summary>
    public static readonly CallField[] Context =
    [
        new("principal_id", FieldKind.Text),
        new("key_id", FieldKind.Text),
        new("teams", FieldKind.Text),
        new("agent", FieldKind.Text),
        new("agent_version", FieldKind.Text),
        new("task_id", FieldKind.Text),
        new("native_task", FieldKind.Text),
        new("parent_task", FieldKind.Text),
        new("mode", FieldKind.Text),
        new("repository", FieldKind.Text),
        new("device", FieldKind.Text),
        new("wire", FieldKind.Text),
        new("path", FieldKind.Text),
        new("model_asked", FieldKind.Text),
        new("stream", FieldKind.Flag),
        new("release_digest", FieldKind.Text),
        new("system_hash", FieldKind.Text),
        new("tools_hash", FieldKind.Text),
        new("mode_hash", FieldKind.Text),
    ];

    /// <summary>How it ended.</summary>
    public static readonly CallField[] Closing =
    [
        new("closed_at", FieldKind.Int),
        new("outcome", FieldKind.Text),
        new("status", FieldKind.Int),
        new("error_class", FieldKind.Text),
        new("provider", FieldKind.Text),
        new("model_served", FieldKind.Text),
        new("input_tokens", FieldKind.Int),
        new("cache_read_tokens", FieldKind.Int),
        new("cache_write_5m_tokens", FieldKind.Int),
        new("cache_write_1h_tokens", FieldKind.Int),
        new("output_tokens", FieldKind.Int),
        new("reasoning_tokens", FieldKind.Int),
        new("estimated", FieldKind.Flag),
        new("cost_nano_usd", FieldKind.Int),
        new("price_source", FieldKind.Text),
        new("price_row", FieldKind.Text),
        new("duration_us", FieldKind.Int),
        new("first_delta_us", FieldKind.OptionalInt),
        new("finish", FieldKind.Text),
        new("response_bytes", FieldKind.Int),
    ];

    /// <summary>Each attempt of a closing.</summary>
    public static readonly CallField[] Attempt =
    [
        new("number", FieldKind.Int),
        new("provider", FieldKind.Text),
        new("model", FieldKind.Text),
        new("started_at", FieldKind.Int),
        new("duration_us", FieldKind.Int),
        new("status", FieldKind.Int),
        new("error_class", FieldKind.Text),
        new("request_id", FieldKind.Text),
    ];
}
