namespace Paddock.Store.Backups;

/// <summary>What a column holds, in a backup's words.</summary>
internal enum ValueKind
{
    Int,
    Text,
    Flag,
    /// <summary>16 bytes, in hexadecimal digits.</summary>
    Id,
    /// <summary>Bytes, in base64.</summary>
    Bytes,
}

/// <param name="Name">As in the database.</param>
internal sealed record BackupColumn(string Name, ValueKind Kind);

/// <param name="Order">Columns that make the order of rows stable.</param>
/// <param name="Serial">The column that the database numbers by itself, or null.</param>
internal sealed record BackupTable(string Name, string Order, string? Serial, BackupColumn[] Columns);

/// <summary>Every table that a backup holds, each after those it refers to. A test compares the list with both databases.</summary>
internal static class BackupTables
{
    public static readonly BackupTable[] All =
    [
        Table("counters", "name", null, "name:t value:i"),
        Table("principals", "id", null, "id:t kind:t name:t name_key:t control:t disabled:f created_at:i"),
        Table("teams", "name", null, "name:t"),
        Table("principal_teams", "principal_id, team", null, "principal_id:t team:t"),
        Table("api_keys", "created_at, id", null,
            "id:t prefix:t name:t owner_id:t hash:b models:f model_patterns:t tools:f control:t pinned_agent:t pinned_mode:t pinned_repository:t "
            + "environment:t created_at:i expires_at:i revoked_at:i replaces:t last_used_at:i client:t"),
        Table("agent_clients", "key_id, agent", null,
            "key_id:t agent:t principal_id:t agent_version:t device:t first_seen_at:i last_seen_at:i refreshed_at:i settings_version:i told_at:i"),
        Table("stale_tasks", "task_id", null, "task_id:t principal_id:t told_at:i"),
        Table("accounts", "principal_id", null, "principal_id:t password:t failures:i locked_until:i changed_at:i"),
        Table("external_ids", "issuer, subject", null, "issuer:t subject:t principal_id:t linked_at:i"),
        Table("settings_versions", "version", null, "digest:b version:i"),
        Table("personal_settings", "principal_id", null, "principal_id:t revision:i task_sync:f enhanced:f"),
        Table("agent_events", "seq", "seq",
            "seq:i digest:b same:b at:i principal_id:t agent:t task_id:t native_task:t parent_task:t type:t mode:t message_ts:i message_kind:t message_what:t message_partial:f message_length:i "
            + "facts:t first_hand:f retried:f"),
        Table("releases", "seq", "seq", "seq:i digest:t imported_at:i origin:t"),
        Table("release_files", "digest, seq", null, "digest:t seq:i path:t text:t"),
        Table("release_activations", "seq", "seq", "seq:i digest:t activated_by:t activated_at:i"),
        Table("call_contexts", "id", null,
            "id:d principal_id:t key_id:t teams:t agent:t agent_version:t task_id:t native_task:t parent_task:t mode:t repository:t device:t wire:t "
            + "path:t model_asked:t stream:f release_digest:t system_hash:t tools_hash:t mode_hash:t"),
        Table("calls", "id", null,
            "id:d opened_at:i request_bytes:i floor_nano_usd:i floor_tokens:i context_id:d closed_at:i outcome:t status:i error_class:t provider:t "
            + "model_served:t input_tokens:i cache_read_tokens:i cache_write_5m_tokens:i cache_write_1h_tokens:i output_tokens:i reasoning_tokens:i "
            + "estimated:f cost_nano_usd:i price_source:t price_row:t duration_us:i first_delta_us:i finish:t response_bytes:i"),
        Table("attempts", "call_id, number", null, "call_id:d number:i provider:t model:t started_at:i duration_us:i status:i error_class:t request_id:t"),
        Table("open_calls", "call_id", null, "call_id:d journal:d"),
        Table("approvals", "id", null,
            "id:t kind:t state:t revision:i request_key:t grant_key:t digest:t shape:t requester:t asks_others:f document:t created_at:i expires_at:i due_at:i use_within:i step_since:i "
            + "escalated:f granted:f uses:i max_uses:i decided_at:i decided_by:t reason:t consumed_at:i"),
        Table("approval_votes", "approval_id, seq", null,
            "approval_id:t seq:i voter:t name:t step:i approve:f reason:t voted_at:i grants:f escalated:f waited:i seen_at:i"),
        Table("approval_views", "approval_id, principal_id", null, "approval_id:t principal_id:t seen_at:i"),
        Table("tool_intents", "id", null, "id:t approval_id:t call_digest:t task:t tool:t intended_at:i"),
        Table("decisions", "at, id", null,
            "id:t at:i call_id:d tool_call_id:t digest:t principal_id:t key_id:t teams:t agent:t task_id:t native_task:t mode:t repository:t tool:t class:t effect:t soft:f rule:t enforcement:t "
            + "shadow_effect:t shadow_rule:t warning:t errors:i opaque:f not_evaluated:t release_digest:t inputs:t mutating:f step:t outcome:t outcome_at:i let_go:f result:t exit_code:i result_at:i"),
        Table("containments", "id", null,
            "id:t user_id:t key_id:t agent:t task:t model:t provider:t tool:t reason:t created_by:t created_at:i expires_at:i lifted_at:i lifted_by:t lift_reason:t lapsed_at:i"),
        Table("mitigations", "id", null, "id:t measure:t reason:t run_id:t step:t created_by:t created_at:i expires_at:i ended_at:i ended_by:t"),
        Table("runs", "id", null,
            "id:t runbook:t source:t state:t mode:t parameters:t alert_id:t incident_id:t started_by:t started_at:i hold_until:i mitigated_at:i ended_at:i reason:t broken:f steps:t revision:i"),
        Table("drills", "id", null, "id:t runbook:t digest:t version:t at:i detected_us:i mitigated_us:i recovered_us:i lines:t"),
        Table("audit_entries", "id", null, "id:d made_at:i act:t ref:t entry:b shard:i seq:i"),
        Table("audit_shards", "number", null, "number:i origin:t vkey:t opened_at:i closed_at:i archived_at:i halt:i"),
        Table("audit_tiles", "shard, level, idx", null, "shard:i level:i idx:i hashes:b"),
        Table("audit_checkpoints", "shard, size", null, "shard:i size:i root:b signed_at:i note:t"),
        Table("task_changes", "seq", "seq", "seq:i task_id:t"),
        Table("tasks", "id", null,
            "id:t principal_id:t agent:t native_task:t parent_task:t parent_id:t root_id:t state:t source:t reason:t started_at:i last_at:i ended_at:i due_at:i cycle_us:i waited_us:i ever_claimed:f restored:f "
            + "reverted_by_command:f reverted_by_scm:f teams:t mode:t repository:t provider:t model:t release_digest:t turns:i tool_calls:i todos:t cost_nano_usd:i cost_reported:f subtasks_nano_usd:i facts:i folded_at:i counted:t"),
        Table("task_verdicts", "id", null, "id:t task_id:t at:i kind:t source:t checks:t said_by:t reason:t url:t"),
        Table("task_links", "ref, task_id", null, "ref:t task_id:t at:i"),
        Table("task_tallies", "id", null, "id:t dimension:i team:t value:t by_day:f bucket:i tally:t"),
        Table("signals", "signal, seconds, bucket, subject", null, "signal:i seconds:i bucket:i subject:t bad:i total:i amount:i"),
        Table("alerts", "id", null, "id:t rule:t subject:t severity:t began_at:i seen_at:i resolved_at:i says:t facts:t told_at:i silence_id:t"),
        Table("alert_silences", "id", null, "id:t rule:t subject:t reason:t owner:t created_at:i expires_at:i ended_at:i ended_by:t"),
        Table("incidents", "id", null,
            "id:t revision:i title:t severity:i status:t owner:t eta:i created_by:t began_at:i updated_at:i changed_at:i resolved_at:i closed_at:i rule:t document:t"),
        Table("incident_entries", "incident_id, number", null, "incident_id:t number:i at:i by_id:t kind:t says:t facts:t entry_key:t"),
        Table("on_call", "since", null, "since:i principal_id:t until:i"),
        Table("incident_tellings", "task_id, text_hash", null, "task_id:t text_hash:t told_at:i"),
        Table("notices", "key, receiver", null, "key:t receiver:t id:t notification:t posted_at:i state:t tries:i due_at:i said:t"),
        Table("audit_shredded", "key_id", null, "key_id:t shredded_at:i shredded_by:t"),
        Table("audit_holds", "id", null, "id:t kind:t subject:t reason:t created_by:t created_at:i ended_at:i ended_by:t end_reason:t"),
        Table("audit_cosignatures", "shard, witness", null, "shard:i witness:t size:i at:i note:t line:t"),
        Table("audit_halts", "at", null, "at:i problem:t asked_at:i asked_by:t reason:t ended_at:i"),
        Table("spend", "bucket, kind, subject", null, "bucket:i kind:t subject:t nano_usd:i tokens:i"),
    ];

    /// <summary>Tables that belong to one database and its processes, and are not copied; and kept content, which a copy would outlive.</summary>
    public static readonly string[] NotCopied = ["schema_versions", "identity_steps", "identity_changes", "journal_cursors", "audit_payloads", "audit_sealed", "sign_in_tickets"];

    private static BackupTable Table(string name, string order, string? serial, string columns) =>
        new(name, order, serial, [.. columns.Split(' ').Select(c => new BackupColumn(c[..^2], KindOf(c[^1])))]);

    private static ValueKind KindOf(char letter) => letter switch
    {
        'i' => ValueKind.Int,
        'f' => ValueKind.Flag,
        'd' => ValueKind.Id,
        'b' => ValueKind.Bytes,
        _ => ValueKind.Text,
    };
}
