using Paddock.Gateway.Execute;
using Paddock.Gateway.Protocols;

namespace Paddock.Gateway.Guard;

/// <summary>Takes tools out of a request. The rest stays byte for byte; a list that would be empty goes with its member, and with <c>tools</c> what speaks of them.</summary>
internal sealed class OfferRemoval
{
    private static readonly string[] aboutTools = ["tool_choice", "parallel_tool_calls"]; // without tools OpenAI and Anthropic refuse a request that has one

    private readonly Dictionary<ByteRange, HashSet<ByteRange>> lists = [];
    private readonly HashSet<ByteRange> members = [];
    private readonly List<Splice> splices = [];

    /// <returns>Sorted by start, not overlapping.</returns>
    public static Splice[] Of(ReadOnlySpan<byte> body, RequestFacts request, ToolOffers offers)
    {
        if (offers.TakenOut.Count == 0)
        {
            return [];
        }

        var removal = new OfferRemoval();
        var tools = request.Offer(RequestMember.Tools);
        foreach (var tool in offers.TakenOut)
        {
            removal.TakeOut(tool.List, tool.Element);
            foreach (var (list, element) in tool.Besides)
            {
                removal.TakeOut(list, element);
            }
        }

        foreach (var group in offers.TakenOut.Where(static tool => tool.Group.IsPresent).DistinctBy(static tool => tool.List))
        {
            if (!removal.Thin(body, group.List))
            {
                removal.TakeOut(tools, group.Group);
            }

            removal.lists.Remove(group.List);
        }

        foreach (var list in removal.lists.Keys)
        {
            if (!removal.Thin(body, list))
            {
                removal.members.Add(list);
            }
        }

        removal.ThinMembers(body, removal.members.Contains(tools));
        removal.splices.Sort(static (left, right) => left.Start.CompareTo(right.Start));
        return [.. removal.splices];
    }

    private void TakeOut(ByteRange list, ByteRange element)
    {
        if (!list.IsPresent)
        {
            members.Add(element);
        }
        else if (lists.TryGetValue(list, out var elements))
        {
            elements.Add(element);
        }
        else
        {
            lists[list] = [element];
        }
    }

    /// <returns>False when nothing of the list stays.</returns>
    private bool Thin(ReadOnlySpan<byte> body, ByteRange list)
    {
        var elements = JsonParts.Elements(body, list).ConvertAll(element => (element, lists[list].Contains(element)));
        return Thin(elements);
    }

    private void ThinMembers(ReadOnlySpan<byte> body, bool withoutTools)
    {
        if (members.Count > 0)
        {
            Thin(JsonParts.Members(body, JsonParts.Root(body)).ConvertAll(member => (member.At, members.Contains(member.Value) || (withoutTools && aboutTools.Contains(member.Name)))));
        }
    }

    private bool Thin(List<(ByteRange At, bool IsTakenOut)> elements)
    {
        if (elements.TrueForAll(static element => element.IsTakenOut))
        {
            return false;
        }

        splices.AddRange(ElementRemoval.Gaps(elements).Select(static gap => new Splice(gap.Start, gap.Length, default)));
        return true;
    }
}
