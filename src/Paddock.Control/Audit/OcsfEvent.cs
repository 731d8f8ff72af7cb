using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;

namespace Paddock.Control.Audit;

/// <summary>An entry as an OCSF event (1.9.0, profile record_integrity). <c>raw_data</c> is the entry as it is hashed, so that the fingerprint can be recomputed.</summary>
internal static class OcsfEvent
{
    private const string Version = "1.9.0";
    private static readonly JsonWriterOptions relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(ExportedEntry exported, Stream target)
    {
        using var parsed = JsonDocument.Parse(exported.Entry.Bytes);
        using var json = new Utf8JsonWriter(target, relaxed);
        var entry = parsed.RootElement;
        var what = OcsfClass.Of(exported.Entry.Act, Text(entry, "cls") == "command");
        json.WriteStartObject();
        WriteBase(json, what, exported, entry);
        WriteMetadata(json, what, exported, entry);
        WriteActor(json, entry);
        WriteSubject(json, what, exported, entry);
        WriteIntegrity(json, exported);
        json.WriteString("raw_data", exported.Text);
        json.WriteEndObject();
    }

    private static void WriteBase(Utf8JsonWriter json, OcsfClass what, ExportedEntry exported, JsonElement entry)
    {
        json.WriteNumber("category_uid", what.Uid / 1000);
        json.WriteString("category_name", what.Category);
        json.WriteNumber("class_uid", what.Uid);
        json.WriteString("class_name", what.Name);
        json.WriteNumber("activity_id", what.Activity);
        json.WriteString("activity_name", what.ActivityName);
        json.WriteNumber("type_uid", (what.Uid * 100) + what.Activity);
        json.WriteNumber("severity_id", what.Severity);
        json.WriteString("severity", what.SeverityName);
        json.WriteNumber("time", exported.Entry.MadeAt.ToUnixTimeMilliseconds());
        json.WriteString("message", exported.Entry.Act);
        var (id, name) = StatusOf(exported.Entry.Act, entry);
        json.WriteNumber("status_id", id);
        json.WriteString("status", name);
    }

    private static (int Id, string Name) StatusOf(string act, JsonElement entry) => act switch
    {
        AuditActs.ToolOutcome => Member(entry, "out") is { } outcome && Text(outcome, "s") is { } said ? said switch { "success" => (1, "Success"), "failure" or "timeout" => (2, "Failure"), _ => (0, "Unknown") } : (0, "Unknown"),
        AuditActs.SignInRefused => (2, "Failure"),
        _ when act.StartsWith("tool.", StringComparison.Ordinal) => (0, "Unknown"),
        _ => (1, "Success"),
    };

    private static void WriteMetadata(Utf8JsonWriter json, OcsfClass what, ExportedEntry exported, JsonElement entry)
    {
        json.WriteStartObject("metadata");
        json.WriteString("version", Version);
        json.WriteString("uid", exported.Id);
        json.WriteString("event_code", exported.Entry.Act);
        json.WriteString("log_name", exported.Shard.Origin);
        json.WriteNumber("sequence", exported.Entry.Index ?? 0);
        if (Text(entry, "corr") is { } task)
        {
            json.WriteString("correlation_uid", task);
        }

        json.WriteStartArray("profiles");
        json.WriteStringValue("record_integrity");
        if (IsAgent(entry))
        {
            json.WriteStringValue("ai_operation");
        }

        if (IsRefusal(what))
        {
            json.WriteStringValue("security_control");
        }

        json.WriteEndArray();
        json.WriteStartObject("product");
        json.WriteString("name", "Paddock");
        json.WriteString("vendor_name", "Paddock");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteActor(Utf8JsonWriter json, JsonElement entry)
    {
        if (Member(entry, "actor") is not { } actor)
        {
            return;
        }

        var (id, isAgent) = (Text(actor, "id") ?? "", IsAgent(entry));
        json.WriteStartObject("actor");
        if (isAgent || Text(actor, "type") == "system")
        {
            json.WriteString("app_name", id);
        }

        if ((isAgent ? Text(actor, "sub") : id) is { } user)
        {
            json.WriteStartObject("user");
            json.WriteString("uid", user);
            json.WriteNumber("type_id", Text(actor, "type") == "system" ? 3 : user.StartsWith("svc_", StringComparison.Ordinal) ? 4 : 1);
            json.WriteEndObject();
        }

        if (Text(actor, "via") is { } key)
        {
            json.WriteStartObject("session");
            json.WriteString("uid", key);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (isAgent)
        {
            json.WriteStartObject("ai_agent");
            json.WriteString("name", id);
            json.WriteEndObject();
        }
    }

    /// <summary>What a class needs besides: what it is about, in its own words.</summary>
    private static void WriteSubject(Utf8JsonWriter json, OcsfClass what, ExportedEntry exported, JsonElement entry)
    {
        var (act, about) = (exported.Entry.Act, exported.Entry.Ref ?? exported.Id);
        switch (what.Uid)
        {
            case 1007:
                WriteObject(json, "process", ("name", Text(entry, "tool") ?? ""), ("uid", about));
                json.WriteStartObject("device");
                json.WriteNumber("type_id", 0);
                json.WriteEndObject();
                break;
            case 2004 or 2005:
                WriteObject(json, "finding_info", ("title", act), ("uid", about));
                break;
            case 3001 or 3002:
                WriteObject(json, "user", ("uid", what.Uid == 3001 ? about : Member(entry, "actor") is { } actor ? Text(actor, "id") ?? "" : ""));
                break;
            case 3004:
                WriteObject(json, "entity", ("type", act[..act.IndexOf('.', StringComparison.Ordinal)]), ("uid", about));
                break;
            default:
                WriteObject(json, "api", ("operation", act));
                WriteObject(json, "src_endpoint", ("svc_name", "paddock"));
                break;
        }

        if (IsRefusal(what))
        {
            var isDenied = act == AuditActs.ToolDenied;
            json.WriteNumber("action_id", isDenied ? 2 : 0);
            json.WriteNumber("disposition_id", isDenied ? 2 : 0);
        }
    }

    private static void WriteObject(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, string Value)> members)
    {
        json.WriteStartObject(name);
        foreach (var (member, value) in members)
        {
            json.WriteString(member, value);
        }

        json.WriteEndObject();
    }

    private static void WriteIntegrity(Utf8JsonWriter json, ExportedEntry exported)
    {
        json.WriteStartArray("attestation_list");
        json.WriteStartObject();
        json.WriteString("uid", string.Create(CultureInfo.InvariantCulture, $"{exported.Shard.Origin}#{exported.Entry.Index}"));
        json.WriteString("chain_uid", exported.Shard.Origin);
        json.WriteString("authority_uid", exported.Shard.VerifierKey);
        json.WriteStartObject("fingerprint");
        json.WriteString("algorithm", "SHA-256");
        json.WriteNumber("algorithm_id", 3);
        json.WriteString("value", Convert.ToHexStringLower(TreeHash.OfLeaf(exported.Entry.Bytes.Span).ToArray()));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static bool IsAgent(JsonElement entry) => Member(entry, "actor") is { } actor && Text(actor, "type") == "agent";

    private static bool IsRefusal(OcsfClass what) => what.Uid == 2004;

    private static JsonElement? Member(JsonElement of, string name) => of.ValueKind is JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement of, string name) => Member(of, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
