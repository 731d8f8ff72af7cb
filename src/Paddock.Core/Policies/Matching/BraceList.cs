namespace Paddock.Core.Policies.Matching;

/// <summary>Writes out a shell's <c>{a,b}</c>. Nested lists are written out from the left, as far as the bound goes.</summary>
internal static class BraceList
{
    private const int Most = 64;

    public static IReadOnlyList<string> Expand(string text)
    {
        List<string> open = [text], done = [];
        while (open.Count > 0)
        {
            var next = open[^1];
            open.RemoveAt(open.Count - 1);
            if (done.Count + open.Count < Most && Group(next) is { } group)
            {
                foreach (var item in Items(next[(group.From + 1)..group.To]))
                {
                    open.Add(string.Concat(next.AsSpan(0, group.From), item, next.AsSpan(group.To + 1)));
                }
            }
            else
            {
                done.Add(next);
            }
        }

        return done;
    }

    /// <summary>The first brace with a comma of its own; <c>${name}</c> is none.</summary>
    private static (int From, int To)? Group(string text)
    {
        for (var from = text.IndexOf('{', StringComparison.Ordinal); from >= 0; from = text.IndexOf('{', from + 1))
        {
            if (from > 0 && text[from - 1] == '$')
            {
                continue;
            }

            var (depth, comma) = (0, false);
            for (var i = from; i < text.Length; i++)
            {
                depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
                comma |= text[i] == ',' && depth == 1;
                if (depth == 0)
                {
                    if (comma)
                    {
                        return (from, i);
                    }

                    break;
                }
            }
        }

        return null;
    }

    private static List<string> Items(string inner)
    {
        var items = new List<string>();
        var (depth, begin) = (0, 0);
        for (var i = 0; i <= inner.Length; i++)
        {
            if (i == inner.Length || (inner[i] == ',' && depth == 0))
            {
                items.Add(inner[begin..i]);
                begin = i + 1;
            }
            else
            {
                depth += inner[i] == '{' ? 1 : inner[i] == '}' ? -1 : 0;
            }
        }

        return items;
    }
}
