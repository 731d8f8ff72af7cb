using System.Text.RegularExpressions;
using Paddock.Core.Policies.Facts;

namespace Paddock.Core.Policies.Expressions;

/// <summary>A part of a checked expression. Evaluating it never throws and allocates nothing; what fails is an error value.</summary>
internal abstract class CelNode(CelType type, int cost)
{
    public CelType Type => type;

    /// <summary>An upper bound of steps.</summary>
    public int Cost => cost;

    public abstract CelValue Evaluate(CelFrame frame);
}

internal sealed class ConstantNode(CelType type, CelValue value) : CelNode(type, 1)
{
    public CelValue Value => value;

    public override CelValue Evaluate(CelFrame frame) => value;
}

internal sealed class FactNode(Fact fact, CelType type) : CelNode(type, 1)
{
    public override CelValue Evaluate(CelFrame frame) => FactTable.Of(fact).Type switch
    {
        FactType.Text => CelValue.Of(frame.Facts.Text(fact)),
        FactType.Flag => CelValue.Of(frame.Facts.Flag(fact)),
        FactType.Number => Type.Kind is CelKind.Int ? CelValue.Of((long)frame.Facts.Number(fact)) : CelValue.Of(frame.Facts.Number(fact)),
        FactType.Texts => CelValue.Of(frame.Facts.Texts(fact)),
        _ => CelValue.Of(frame.Facts.TextLists(fact)),
    };
}

internal sealed class HasNode(Fact fact) : CelNode(CelType.Bool, 1)
{
    public override CelValue Evaluate(CelFrame frame) => CelValue.Of(frame.Facts.Has(fact));
}

internal sealed class VariableNode(int index, CelType type) : CelNode(type, 1)
{
    public override CelValue Evaluate(CelFrame frame) => frame.Variables[index];
}

/// <summary><c>&amp;&amp;</c> and <c>||</c>: the side that decides wins over an error on the other.</summary>
internal sealed class LogicNode(bool isAnd, CelNode left, CelNode right) : CelNode(CelType.Bool, left.Cost + right.Cost + 1)
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var first = left.Evaluate(frame);
        if (isAnd ? first.IsFalse : first.IsTrue)
        {
            return first;
        }

        var second = right.Evaluate(frame);
        return first.IsError && !(isAnd ? second.IsFalse : second.IsTrue) ? first : second;
    }
}

internal sealed class NotNode(CelNode operand) : CelNode(CelType.Bool, operand.Cost + 1)
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var value = operand.Evaluate(frame);
        return value.IsError ? value : CelValue.Of(value.IsFalse);
    }
}

internal sealed class NegateNode(CelNode operand) : CelNode(operand.Type, operand.Cost + 1)
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var value = operand.Evaluate(frame);
        return value.Kind switch
        {
            CelKind.Double => CelValue.Of(-value.Double),
            CelKind.Int when value.Int != long.MinValue => CelValue.Of(-value.Int),
            _ => CelValue.Error,
        };
    }
}

internal sealed class ConditionNode(CelNode condition, CelNode then, CelNode otherwise) : CelNode(then.Type, condition.Cost + Math.Max(then.Cost, otherwise.Cost) + 1)
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var value = condition.Evaluate(frame);
        return value.IsError ? value : value.IsTrue ? then.Evaluate(frame) : otherwise.Evaluate(frame);
    }
}

internal sealed class EqualNode(CelNode left, CelNode right, bool negated) : CelNode(CelType.Bool, left.Cost + right.Cost + 1)
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var (first, second) = (left.Evaluate(frame), right.Evaluate(frame));
        return first.IsError || second.IsError ? CelValue.Error : CelValue.Of(first.IsEqual(second) != negated);
    }
}

/// <param name="below">Whether it is <c>&lt;</c> or <c>&lt;=</c>.</param>
internal sealed class OrderNode(CelNode left, CelNode right, bool below, bool orEqual) : CelNode(CelType.Bool, left.Cost + right.Cost + 1)
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var (first, second) = (left.Evaluate(frame), right.Evaluate(frame));
        if (first.IsError || second.IsError)
        {
            return CelValue.Error;
        }

        return CelValue.Of(CelValue.Compare(first, second) is { } order && ((orEqual && order == 0) || (below ? order < 0 : order > 0)));
    }
}

internal sealed class InNode(CelNode element, CelNode list) : CelNode(CelType.Bool, element.Cost + list.Cost + CelLimits.ListLength)
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var (wanted, all) = (element.Evaluate(frame), list.Evaluate(frame));
        if (wanted.IsError || all.IsError)
        {
            return CelValue.Error;
        }

        for (var i = 0; i < all.Count; i++)
        {
            if (all.At(i).IsEqual(wanted))
            {
                return CelValue.True;
            }
        }

        return CelValue.False;
    }
}

/// <summary><c>+</c> and <c>-</c> of numbers, and of moments and durations: integers do not overflow.</summary>
internal sealed class SumNode(CelType type, CelNode left, CelNode right, bool subtract) : CelNode(type, left.Cost + right.Cost + 1)
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var (first, second) = (left.Evaluate(frame), right.Evaluate(frame));
        if (first.IsError || second.IsError)
        {
            return CelValue.Error;
        }

        if (Type.Kind is CelKind.Double)
        {
            return CelValue.Of(subtract ? first.Double - second.Double : first.Double + second.Double);
        }

        var (a, b) = (first.Int, second.Int);
        var sum = subtract ? unchecked(a - b) : unchecked(a + b);
        var overflowed = subtract ? ((a ^ b) & (a ^ sum)) < 0 : ((a ^ sum) & (b ^ sum)) < 0;
        return overflowed ? CelValue.Error : CelValue.Of(sum, Type.Kind);
    }
}

internal sealed class IndexNode(CelType type, CelNode list, CelNode index) : CelNode(type, list.Cost + index.Cost + 1)
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var (all, at) = (list.Evaluate(frame), index.Evaluate(frame));
        return all.IsError || at.IsError || at.Int < 0 || at.Int >= all.Count ? CelValue.Error : all.At((int)at.Int);
    }
}

internal sealed class ListNode(CelType type, CelNode[] elements) : CelNode(type, elements.Sum(static element => element.Cost) + 1)
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var list = frame.NewList();
        foreach (var element in elements)
        {
            var value = element.Evaluate(frame);
            if (value.IsError)
            {
                return value;
            }

            list.Add(value);
        }

        return CelValue.Of(list);
    }
}

internal sealed class SizeNode(CelNode operand) : CelNode(CelType.Int, operand.Cost + 1)
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var value = operand.Evaluate(frame);
        return value.IsError ? value : CelValue.Of(value.Size());
    }
}

/// <summary>A yes-or-no question about a text with another text.</summary>
internal sealed class TextNode(CelNode subject, CelNode argument, Func<string, string, bool> test, int cost) : CelNode(CelType.Bool, subject.Cost + argument.Cost + cost)
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var (first, second) = (subject.Evaluate(frame), argument.Evaluate(frame));
        return first.IsError || second.IsError ? CelValue.Error : CelValue.Of(test(first.Text, second.Text));
    }
}

/// <summary><c>matches</c>: anywhere in the text, in time that grows with its length and no faster (RE2's promise).</summary>
internal sealed class MatchesNode(CelNode subject, Regex pattern) : CelNode(CelType.Bool, subject.Cost + CelLimits.RegexCost)
{
    public override CelValue Evaluate(CelFrame frame)
    {
        var value = subject.Evaluate(frame);
        return value.IsError || value.Text.Length > CelLimits.RegexSubject ? CelValue.Error : CelValue.Of(pattern.IsMatch(value.Text));
    }
}
