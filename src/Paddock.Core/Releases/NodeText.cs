using System.Text;
using System.Text.Json;

namespace Paddock.Core.Releases;

/// <summary>A document in one spelling: JSON, which is YAML too, with keys in order. Comments, quotes and the order of keys make no difference.</summary>
internal static class NodeText
{
    public static string Of(DocumentHead head, MappingNode spec)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", ReleaseLoader.ApiVersion);
            json.WriteString("kind", head.Kind);
            json.WriteStartObject("metadata");
            json.WriteString("name", head.Name);
            json.WriteString("owner", head.Owner);
            json.WriteEndObject();
            json.WritePropertyName("spec");
            Write(json, spec);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, DocumentNode node)
    {
        switch (node)
        {
            case MappingNode mapping:
                json.WriteStartObject();
                foreach (var entry in mapping.Entries.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
                {
                    json.WritePropertyName(entry.Key);
                    Write(json, entry.Value);
                }

                json.WriteEndObject();
                break;
            case SequenceNode sequence:
                json.WriteStartArray();
                foreach (var item in sequence.Items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case ScalarNode { Plain: true, Text: "true" or "false" } flag:
                json.WriteBooleanValue(flag.Text is "true");
                break;
            case ScalarNode { Plain: true } number when Numbers.TryDecimal(number.Text, out var value):
                json.WriteNumberValue(value);
                break;
            case ScalarNode text:
                json.WriteStringValue(text.Text);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
