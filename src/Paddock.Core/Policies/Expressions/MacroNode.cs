namespace Paddock.Core.Policies.Expressions;

internal enum Macro
{
    Exists,
    All,
    ExistsOne,
    Filter,
}

/// <summary>A macro over a list. <c>exists</c> and <c>all</c> treat errors as <c>||</c> and <c>&amp;&amp;</c> do; the others take none.</summary>
internal sealed class MacroNode(Macro macro, CelNode list, int variable, CelNode body) : CelNode(macro is Macro.Filter ? list.Type : CelType.Bool, CostOf(list, body))
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var all = list.Evaluate(frame);
        if (all.IsError)
        {
            return all;
        }

        var kept = macro is Macro.Filter ? frame.NewList() : null;
        var (found, failed) = (0, false);
        var count = all.Count;
        for (var i = 0; i < count; i++)
        {
            var element = all.At(i);
            frame.Variables[variable] = element;
            var value = body.Evaluate(frame);
            failed |= value.IsError;
            if (Decides(value))
            {
                return CelValue.Of(macro is Macro.Exists);
            }

            if (value.IsTrue)
            {
                found++;
                kept?.Add(element);
            }
        }

        return failed ? CelValue.Error : kept is not null ? CelValue.Of(kept) : CelValue.Of(macro is Macro.All || (macro is Macro.ExistsOne && found == 1));
    }

    private bool Decides(in CelValue value) => macro switch
    {
        Macro.Exists => value.IsTrue,
        Macro.All => value.IsFalse,
        _ => false,
    };

    private static int CostOf(CelNode list, CelNode body) => (int)Math.Min(int.MaxValue / 4, list.Cost + ((long)CelLimits.ListLength * body.Cost));
}
