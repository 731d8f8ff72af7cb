using System.Globalization;
using Paddock.Core.Policies.Facts;

namespace Paddock.Core.Policies.Authoring;

/// <summary>Facts in words for people.</summary>
internal static class FactText
{
    private const int Longest = 200;

    public static IEnumerable<string> Of(FactMask facts, FactValues values) =>
        FactTable.Closed.Where(info => facts.Has(info.Fact)).Select(info => $"{info.Name} = {Of(info, values)}");

    public static string Of(FactInfo info, FactValues values)
    {
        if (!values.Has(info.Fact))
        {
            return "(not known)";
        }

        var text = info.Type switch
        {
            FactType.Flag => values.Flag(info.Fact) ? "true" : "false",
            FactType.Number => values.Number(info.Fact).ToString("R", CultureInfo.InvariantCulture),
            FactType.Texts => List(values.Texts(info.Fact).Select(Quoted)),
            FactType.TextLists => List(values.TextLists(info.Fact).Select(list => List(list.Select(Quoted)))),
            _ => Quoted(values.Text(info.Fact)),
        };
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }

    private static string List(IEnumerable<string> items) => $"[{string.Join(", ", items)}]";

    private static string Quoted(string text) => $"\"{text}\"";
}
