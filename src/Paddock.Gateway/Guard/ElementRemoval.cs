using Paddock.Gateway.Protocols;

namespace Paddock.Gateway.Guard;

/// <summary>Takes calls out of the lists they stand in, with the commas that have nothing to part any more.</summary>
internal static class ElementRemoval
{
    public static void Add(HeldEvent one, List<Change> changes)
    {
        foreach (var list in one.Mentions.Where(static mention => mention.Part.List.IsPresent).GroupBy(static mention => mention.Part.List))
        {
            var elements = list.Select(static mention => (mention.Part.Element, mention.Call.IsTakenOut)).Distinct().OrderBy(static element => element.Element.Start).ToList();
            if (elements.Exists(static element => element.IsTakenOut))
            {
                Add(list.Key, elements, changes);
            }
        }
    }

    /// <param name="elements">All of the list, in their order.</param>
    private static void Add(ByteRange list, List<(ByteRange At, bool IsTakenOut)> elements, List<Change> changes)
    {
        if (elements.TrueForAll(static element => element.IsTakenOut))
        {
            changes.Add(new(new(list.Start + 1, list.Length - 2), []));
            return;
        }

        changes.AddRange(Gaps(elements).Select(static gap => new Change(gap, [])));
    }

    /// <summary>What has to go so that the others are still a list.</summary>
    /// <param name="elements">All of it in their order, of which at least one stays.</param>
    public static IEnumerable<ByteRange> Gaps(IReadOnlyList<(ByteRange At, bool IsTakenOut)> elements)
    {
        var last = elements.Index().Last(static element => !element.Item.IsTakenOut).Index;
        for (var i = 0; i < last; i++)
        {
            if (elements[i].IsTakenOut)
            {
                yield return new(elements[i].At.Start, elements[i + 1].At.Start - elements[i].At.Start);
            }
        }

        if (last < elements.Count - 1)
        {
            yield return new(elements[last].At.End, elements[^1].At.End - elements[last].At.End);
        }
    }
}
