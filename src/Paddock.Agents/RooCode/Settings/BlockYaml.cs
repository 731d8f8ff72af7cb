using System.Globalization;
using System.Text;

namespace Paddock.Agents.RooCode.Settings;

/// <summary>
/// YAML in block style, written line by line: texts of one line in double quotes, of several as they are. It is never JSON as well, which
/// Roo Code's marketplace would read as such and fail on.
/// </summary>
internal sealed class BlockYaml
{
    private readonly StringBuilder text = new();

    /// <param name="depth">Steps of two blanks.</param>
    public BlockYaml Line(int depth, string line)
    {
        text.Append(' ', depth * 2).Append(line).Append('\n');
        return this;
    }

    /// <summary>A member that is a text; nothing when there is none.</summary>
    /// <param name="dash">Begins an item of a list.</param>
    public BlockYaml Text(int depth, string name, string? value, bool dash = false)
    {
        if (value is null)
        {
            return this;
        }

        var start = (dash ? "- " : "") + name + ": ";
        if (!IsPlainLines(value))
        {
            return Line(depth, start + Quoted(value));
        }

        Line(depth, start + (value.EndsWith('\n') ? "|" : "|-"));
        foreach (var line in (value.EndsWith('\n') ? value[..^1] : value).Split('\n'))
        {
            _ = line.Length == 0 ? text.Append('\n') : text.Append(' ', (depth + (dash ? 2 : 1)) * 2).Append(line).Append('\n');
        }

        return this;
    }

    public override string ToString() => text.ToString();

    /// <summary>A double-quoted text, whatever stands in it. Marks that change how text looks are escaped, so that a person reads what an agent is told.</summary>
    public static string Quoted(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                _ when IsStrange(c) => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Several lines that mean the same without quotes: none begins or ends in a way that YAML reads itself.</summary>
    private static bool IsPlainLines(string value)
    {
        var lines = value.Split('\n');
        return lines.Length > 1 && lines[0].Length > 0 && lines[0][0] != ' ' && !value.EndsWith("\n\n", StringComparison.Ordinal) && value.All(static c => c is '\n' || !IsStrange(c))
            && lines.All(static line => line.Length == 0 || !string.IsNullOrWhiteSpace(line));
    }

    /// <summary>Controls, marks of direction and joiners, lone surrogates (of pairs both halves are written out), separators.</summary>
    private static bool IsStrange(char c) => char.IsControl(c) || char.IsSurrogate(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator || c is '\ufffe' or '\uffff';
}
