using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Paddock.Core.Audit;

namespace Paddock.Control.Audit;

/// <summary>An entry as a CloudEvent (CNCF CloudEvents 1.0, JSON format). Its data is the entry, unchanged.</summary>
internal static class CloudEvent
{
    private static readonly JsonWriterOptions relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(ExportedEntry exported, Stream target)
    {
        var (entry, shard) = (exported.Entry, exported.Shard);
        using var json = new Utf8JsonWriter(target, relaxed);
        json.WriteStartObject();
        json.WriteString("specversion", "1.0");
        json.WriteString("id", exported.Id);
        json.WriteString("source", shard.Origin); // a URI reference, as CloudEvents takes it
        json.WriteString("type", "dev.paddock.audit.v1." + entry.Act);
        if (entry.Ref is { } about)
        {
            json.WriteString("subject", about);
        }

        json.WriteString("time", entry.MadeAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("datacontenttype", "application/json");
        json.WriteString("dataschema", "urn:paddock:audit:entry:1");
        json.WriteNumber("shard", shard.Number);
        json.WriteString("sequence", (entry.Index ?? 0).ToString(CultureInfo.InvariantCulture)); // a text, as CloudEvents' own extension of that name
        json.WritePropertyName("data");
        json.WriteRawValue(entry.Bytes.Span, skipInputValidation: true);
        json.WriteEndObject();
    }
}
