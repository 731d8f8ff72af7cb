using System.Globalization;
using Spectre.Console;

namespace Paddock.Commands;

/// <summary>Prints for people: framed tables at a terminal, aligned columns for pipes and files, good for eyes and for awk.</summary>
internal sealed class Printer(TextWriter output, TextWriter errors)
{
    private bool IsTerminal => ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;

    /// <summary>A result.</summary>
    public void Line(string text) => output.WriteLine(Visible.Lines(text));

    /// <summary>What a person should know beside the result, and a program should not have to skip.</summary>
    public void Aside(string text) => errors.WriteLine(Visible.Lines(text));

    public void Table(IReadOnlyList<string> heads, IEnumerable<string[]> rows)
    {
        var shown = rows.Select(row => Array.ConvertAll(row, Visible.Line));
        if (IsTerminal)
        {
            Frame(heads, shown);
            return;
        }

        var all = shown.Prepend([.. heads.Select(head => head.ToUpperInvariant().Replace(' ', '_'))]).ToList();
        var widths = Enumerable.Range(0, heads.Count).Select(column => all.Max(row => row[column].Length)).ToArray();
        foreach (var row in all)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => (cell.Length == 0 ? "-" : cell).PadRight(widths[column]))).TrimEnd());
        }
    }

    public static string Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? "-";

    public static string Usd(decimal? amount) => amount?.ToString("0.000000", CultureInfo.InvariantCulture) ?? "-";

    public static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";

    private void Frame(IReadOnlyList<string> heads, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var head in heads)
        {
            table.AddColumn(new TableColumn(new Text(head)).NoWrap());
        }

        foreach (var row in rows)
        {
            // Text, not markup: what agents and people named must not be read as instructions.
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output) }).Write(table);
    }
}
