using System.Text;
using System.Text.Json;

namespace Paddock.Core.Tools;

/// <summary>
/// The arguments that take the place of a refused call's. What is said comes from the release's own text and a decision's id, never
/// from the model or the request, and is reduced to characters that mean nothing to sh, fish, PowerShell or cmd.
/// </summary>
public static class HarmlessCall
{
    /// <summary>Longest text in a harmless call, in characters.</summary>
    public const int LongestText = 400;

    /// <summary>Only letters, digits, spaces and <c>. , : / _ -</c>; no word that begins with a mark a shell or its echo could take for an option.</summary>
    public static string Reduce(string text)
    {
        var reduced = new StringBuilder(Math.Min(text.Length, LongestText));
        foreach (var word in Spaced(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var begin = word.AsSpan().TrimStart("-/.,:_");
            if (begin.IsEmpty || reduced.Length + 1 + begin.Length > LongestText)
            {
                continue;
            }

            // To PowerShell a comma makes a list, and in a list 1kb is 1024.
            if (!char.IsAsciiLetter(begin[0]))
            {
                reduced.Length -= reduced.Length > 0 && reduced[^1] is ',' ? 1 : 0;
                begin = begin.TrimEnd(',');
            }

            reduced.Append(reduced.Length == 0 ? "" : " ").Append(begin);
        }

        // PowerShell takes a comma at the end for the beginning of something more.
        var all = reduced.ToString().TrimEnd(',', ':', '-');
        return all.Length == 0 ? "Refused" : all;
    }

    /// <summary>The arguments as JSON, or as free text for a tool that takes it; null when the shape has no harmless call.</summary>
    /// <param name="isFree">The call's arguments are free text.</param>
    public static byte[]? Arguments(ToolShape shape, string text, bool isFree)
    {
        var said = Reduce(text);
        return shape.Refusal switch
        {
            RefusalStyle.Echo when shape.CommandForm is CommandForm.Script && isFree => Encoding.UTF8.GetBytes($"text(\"{said}\");"),
            RefusalStyle.Echo when (isFree && shape.CommandForm is not CommandForm.Script) || shape.Command is null => null,
            RefusalStyle.Echo when shape.CommandForm is not CommandForm.Script => Echo(shape, said),
            RefusalStyle.Misfit when isFree => Encoding.UTF8.GetBytes(said),
            RefusalStyle.Echo or RefusalStyle.Misfit => Encoding.UTF8.GetBytes($$"""{"refused":"{{said}}"}"""),
            _ => null,
        };
    }

    /// <summary>The arguments of a tool that tells a refusal in another's place.</summary>
    /// <param name="said">The release's own words and an id.</param>
    public static byte[] Arguments(StandInTool tool, string said)
    {
        if (tool.Shape is { } shape && Arguments(shape, "Paddock: " + said, isFree: false) is { } echo)
        {
            return echo;
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString(tool.TextMember ?? "text", "[Paddock] " + said);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static byte[] Echo(ToolShape shape, string said)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WritePropertyName(shape.Command!); // asked before
            WriteCommand(json, shape, said);
            foreach (var (name, value) in shape.Needs)
            {
                json.WritePropertyName(name);
                json.WriteRawValue(value);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteCommand(Utf8JsonWriter json, ToolShape shape, string said)
    {
        if (shape.CommandForm is CommandForm.Line)
        {
            json.WriteStringValue(shape.HasOwnShell ? $"echo {said}; exit 1" : $"echo {said}");
            return;
        }

        json.WriteStartArray();
        if (shape.CommandForm is CommandForm.Words)
        {
            json.WriteStringValue("echo"u8);
            json.WriteStringValue(said);
        }
        else
        {
            json.WriteStringValue($"echo {said}");
        }

        json.WriteEndArray();
    }

    /// <summary>A comma stays only behind a word: to PowerShell two in a row are a fault.</summary>
    private static string Spaced(string text) =>
        string.Create(text.Length, text, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterOrDigit(from[i]) || from[i] is '.' or ':' or '/' or '_' or '-' || (from[i] is ',' && i + 1 < from.Length && from[i + 1] is ' ') ? from[i] : ' ';
            }
        });
}
