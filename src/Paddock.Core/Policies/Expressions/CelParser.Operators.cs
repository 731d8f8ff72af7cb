namespace Paddock.Core.Policies.Expressions;

/// <summary>Operators, from the loosest to the tightest.</summary>
internal sealed partial class CelParser
{
    private CelNode ReadCondition(bool top = false)
    {
        Deeper();
        var start = token.At;
        var condition = ReadOr(top);
        if (IsMark("?"))
        {
            Forget(top);
            Expect(condition, CelType.Bool, start, "What stands before '?'");
            Take();
            var then = ReadOr(top: false);
            TakeMark(":");
            var otherwise = ReadCondition();
            if (!then.Type.Fits(otherwise.Type) || then.Type.Kind != otherwise.Type.Kind)
            {
                throw new ExpressionException(start, token.At, $"Both sides of ':' must have one type; these are {then.Type} and {otherwise.Type}.");
            }

            condition = new ConditionNode(condition, then, otherwise);
        }

        if (top && Conjuncts.Count == 0)
        {
            Conjuncts.Add((condition, start, token.At));
        }

        depth--;
        return condition;
    }

    private CelNode ReadOr(bool top)
    {
        var start = token.At;
        var left = ReadAnd(top);
        while (IsMark("||"))
        {
            Forget(top);
            left = ReadLogic(left, start, isAnd: false, ReadAndInner);
        }

        return left;
    }

    private CelNode ReadAndInner() => ReadAnd(top: false);

    private CelNode ReadAnd(bool top)
    {
        var start = token.At;
        var left = ReadRelation();
        Note(top, left, start);
        while (IsMark("&&"))
        {
            var second = 0;
            left = ReadLogic(left, start, isAnd: true, () =>
            {
                second = token.At;
                var right = ReadRelation();
                Note(top, right, second);
                return right;
            });
        }

        return left;
    }

    private void Note(bool top, CelNode node, int start)
    {
        if (top)
        {
            Conjuncts.Add((node, start, token.At));
        }
    }

    /// <summary>What was read is only a part of something that need not be true.</summary>
    private void Forget(bool top)
    {
        if (top)
        {
            Conjuncts.Clear();
        }
    }

    private LogicNode ReadLogic(CelNode left, int start, bool isAnd, Func<CelNode> next)
    {
        var mark = isAnd ? "&&" : "||";
        Expect(left, CelType.Bool, start, $"What stands before '{mark}'");
        Take();
        var at = token.At;
        var right = next();
        Expect(right, CelType.Bool, at, $"What stands after '{mark}'");
        return new(isAnd, left, right);
    }

    private CelNode ReadRelation()
    {
        var start = token.At;
        var left = ReadSum();
        while (IsMark("==") || IsMark("!=") || IsMark("<") || IsMark("<=") || IsMark(">") || IsMark(">=") || token is { Kind: CelTokenKind.Name, Text: "in" })
        {
            var mark = token.Text;
            Take();
            left = Relation(mark, left, ReadSum(), start);
        }

        return left;
    }

    private CelNode Relation(string mark, CelNode left, CelNode right, int start)
    {
        switch (mark)
        {
            case "in" when right.Type.Kind is CelKind.List && (right.Type.Element is null || right.Type.Element.Fits(left.Type)):
                return new InNode(left, right);
            case "in":
                throw new ExpressionException(start, token.At, $"'in' looks for a value in a list of its type; this looks for a {left.Type} in a {right.Type}.");
            case "==" or "!=" when left.Type.Fits(right.Type):
                return new EqualNode(left, right, mark == "!=");
            case not ("==" or "!=") when left.Type.Fits(right.Type) && left.Type.Kind is CelKind.Int or CelKind.Double or CelKind.Text or CelKind.Timestamp or CelKind.Duration:
                return new OrderNode(left, right, mark[0] == '<', mark.Length == 2);
            default:
                throw new ExpressionException(start, token.At, $"A {left.Type} and a {right.Type} cannot be compared by '{mark}'.");
        }
    }

    private CelNode ReadSum()
    {
        var start = token.At;
        var left = ReadUnary();
        while (IsMark("+") || IsMark("-"))
        {
            var subtract = IsMark("-");
            Take();
            var right = ReadUnary();
            var type = SumType(left.Type.Kind, right.Type.Kind, subtract)
                ?? throw new ExpressionException(start, token.At, $"'{(subtract ? '-' : '+')}' takes two integers, two doubles, or moments and durations; not a {left.Type} and a {right.Type}.");
            left = new SumNode(type, left, right, subtract);
        }

        return left;
    }

    private static CelType? SumType(CelKind left, CelKind right, bool subtract) => (left, right) switch
    {
        (CelKind.Int, CelKind.Int) => CelType.Int,
        (CelKind.Double, CelKind.Double) => CelType.Double,
        (CelKind.Duration, CelKind.Duration) => CelType.Duration,
        (CelKind.Timestamp, CelKind.Duration) => CelType.Timestamp,
        (CelKind.Duration, CelKind.Timestamp) when !subtract => CelType.Timestamp,
        (CelKind.Timestamp, CelKind.Timestamp) when subtract => CelType.Duration,
        _ => null,
    };

    private CelNode ReadUnary()
    {
        var start = token.At;
        if (IsMark("!"))
        {
            Take();
            Deeper();
            var operand = ReadUnary();
            depth--;
            Expect(operand, CelType.Bool, start, "What stands after '!'");
            return new NotNode(operand);
        }

        if (!IsMark("-"))
        {
            return ReadMember();
        }

        Take();
        if (token is { Kind: CelTokenKind.Int })
        {
            return ReadMembers(Constant("-" + token.Text), start); // the smallest integer has no positive
        }

        Deeper();
        var number = ReadUnary();
        depth--;
        return number.Type.IsNumber ? new NegateNode(number) : throw new ExpressionException(start, token.At, $"'-' takes a number, not a {number.Type}.");
    }
}
