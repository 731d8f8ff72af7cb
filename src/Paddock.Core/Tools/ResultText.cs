namespace Paddock.Core.Tools;

/// <summary>What an agent told the model of a tool call.</summary>
/// <param name="Text">All its text; of a very long one the beginning.</param>
/// <param name="IsError">What the wire itself says; null where the wire has no word for it.</param>
public readonly record struct ResultText(string Text, bool? IsError)
{
    /// <summary>The first lines.</summary>
    public ReadOnlySpan<char> Head(int lines)
    {
        var end = -1;
        for (var i = 0; i < lines; i++)
        {
            var next = Text.AsSpan(end + 1).IndexOf('\n');
            if (next < 0)
            {
                return Text;
            }

            end += next + 1;
        }

        return Text.AsSpan(0, end);
    }

    public bool Begins(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (Text.StartsWith(text, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one of these stands in the first lines, whatever the letter case.</summary>
    public bool Says(int lines, params ReadOnlySpan<string> texts)
    {
        var head = Head(lines);
        foreach (var text in texts)
        {
            if (head.Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The number behind a mark in the first lines: a command's exit code.</summary>
    public int? NumberBehind(string mark, int lines)
    {
        var head = Head(lines);
        var at = head.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var rest = head[(at + mark.Length)..].TrimStart();
        var length = rest.StartsWith('-') ? 1 : 0;
        while (length < rest.Length && char.IsAsciiDigit(rest[length]))
        {
            length++;
        }

        return int.TryParse(rest[..length], System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
