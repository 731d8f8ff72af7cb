using Paddock.Core.Policies.Facts;

namespace Paddock.Core.Policies.Expressions;

/// <summary>What an evaluation works with: the facts, the variables of its macros, and lists that it may fill. One per thread, used again.</summary>
internal sealed class CelFrame
{
    /// <summary>Macros that may stand in one another.</summary>
    public const int MostVariables = 8;

    [ThreadStatic]
    private static CelFrame? ofThread;

    private readonly List<List<CelValue>> lists = [];
    private int used;

    public static CelFrame OfThread => ofThread ??= new();

    public FactValues Facts { get; private set; } = new();

    public CelValue[] Variables { get; } = new CelValue[MostVariables];

    public void Begin(FactValues facts)
    {
        Facts = facts;
        used = 0;
    }

    /// <summary>An empty list that lives until the next evaluation.</summary>
    public List<CelValue> NewList()
    {
        if (used == lists.Count)
        {
            lists.Add([]);
        }

        var list = lists[used++];
        list.Clear();
        return list;
    }
}
