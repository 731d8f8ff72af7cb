using Paddock.Gateway.Protocols;

namespace Paddock.Gateway.Tasks;

/// <summary>The results that answer one turn of the model, and their calls. Read from the end: results come before the calls they answer.</summary>
internal sealed class ResultBatch
{
    private readonly List<(TurnPart Result, TurnPart? Call)> all = [];
    private bool sawCall;
    private bool isOver;

    public bool IsEmpty => all.Count == 0;

    /// <summary>From the newest to the oldest.</summary>
    public IReadOnlyList<(TurnPart Result, TurnPart? Call)> Results => all;

    /// <returns>False when the part belongs to an earlier turn.</returns>
    public bool Take(TurnPart part)
    {
        if (isOver)
        {
            return false;
        }

        switch (part.Kind)
        {
            case TurnPartKind.Result when sawCall && all.TrueForAll(static one => one.Call is not null):
                isOver = true;
                return false;
            case TurnPartKind.Result:
                all.Add((part, null));
                return true;
            case TurnPartKind.Call:
                sawCall = true;
                var at = all.FindIndex(one => one.Call is null && one.Result.Id == part.Id);
                if (at >= 0)
                {
                    all[at] = (all[at].Result, part);
                }

                return true;
            default:
                isOver = true;
                return true;
        }
    }
}
