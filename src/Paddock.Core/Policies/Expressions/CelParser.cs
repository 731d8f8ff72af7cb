using System.Globalization;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Releases;

namespace Paddock.Core.Policies.Expressions;

/// <summary>Reads an expression and checks its types as it goes; the first fault ends it.</summary>
internal sealed class CelParser
{
    private readonly CelLexer lexer;
    private readonly List<(string Name, CelType Type)> variables = [];
    private readonly HashSet<Fact> uses = [];
    private CelToken token;
    private int depth;

    public CelParser(string text)
    {
        lexer = new(text);
        token = lexer.Next();
    }

    /// <summary>The facts that were named.</summary>
    public IReadOnlySet<Fact> Uses => uses;

    /// <summary>The operands that must all be true, with where they stand.</summary>
    public List<(CelNode Node, int At, int End)> Conjuncts { get; } = [];

    /// <exception cref="ExpressionException">The first fault.</exception>
    public CelNode Parse()
    {
        var node = ReadCondition(top: true);
        if (token.Kind is not CelTokenKind.End)
        {
            throw Fault($"Here the expression should end, or go on with an operator; '{token.Text}' is neither.");
        }

        return node.Type == CelType.Bool ? node : throw new ExpressionException(0, token.At, $"A condition is true or false; this is a {node.Type}.");
    }

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

    private CelNode ReadMember()
    {
        var start = token.At;
        return ReadMembers(ReadPrimary(), start);
    }

    private CelNode ReadMembers(CelNode node, int start)
    {
        while (true)
        {
            if (IsMark("["))
            {
                Take();
                var index = ReadCondition();
                TakeMark("]");
                node = node.Type is { Kind: CelKind.List } list && index.Type == CelType.Int
                    ? new IndexNode(list.Element ?? CelType.Text, node, index)
                    : throw new ExpressionException(start, token.At, $"An integer stands in the brackets after a list; this is a {index.Type} after a {node.Type}.");
            }
            else if (IsMark("."))
            {
                Take();
                node = ReadMethod(node, start);
            }
            else
            {
                return node;
            }
        }
    }

    private CelNode ReadMethod(CelNode subject, int start)
    {
        var name = TakeName();
        if (!IsMark("("))
        {
            throw new ExpressionException(start, token.At, $"A {subject.Type} has no field '{name.Text}'; only facts have names with a dot.");
        }

        if (Enum.TryParse<Macro>(name.Text switch { "exists" => "Exists", "all" => "All", "exists_one" => "ExistsOne", "filter" => "Filter", _ => "" }, out var macro))
        {
            return ReadMacro(macro, subject, name);
        }

        return CelFunctions.Method(name, subject, ReadArguments());
    }

    private MacroNode ReadMacro(Macro macro, CelNode list, CelToken name)
    {
        if (list.Type is not { Kind: CelKind.List })
        {
            throw new ExpressionException(name.At, name.End, $"'{name.Text}' looks through a list, not a {list.Type}.");
        }

        TakeMark("(");
        var variable = TakeName();
        if (variables.Count == CelFrame.MostVariables)
        {
            throw new ExpressionException(variable.At, variable.End, $"At most {CelFrame.MostVariables} macros stand in one another.");
        }

        TakeMark(",");
        variables.Add((variable.Text, list.Type.Element ?? CelType.Text));
        var start = token.At;
        var body = ReadCondition();
        Expect(body, CelType.Bool, start, $"What '{name.Text}' asks of each element");
        variables.RemoveAt(variables.Count - 1);
        TakeMark(")");
        return new(macro, list, variables.Count, body);
    }

    private List<(CelNode Node, CelToken At)> ReadArguments()
    {
        TakeMark("(");
        var arguments = new List<(CelNode, CelToken)>();
        while (!IsMark(")"))
        {
            if (arguments.Count > 0)
            {
                TakeMark(",");
            }

            var at = token;
            arguments.Add((ReadCondition(), at));
        }

        Take();
        return arguments;
    }

    private CelNode ReadPrimary()
    {
        var first = token;
        switch (first.Kind)
        {
            case CelTokenKind.Int or CelTokenKind.Double:
                return Constant(first.Text);
            case CelTokenKind.Text:
                Take();
                return new ConstantNode(CelType.Text, CelValue.Of(first.Text));
            case CelTokenKind.Mark when first.Text == "(":
                Take();
                var inner = ReadCondition();
                TakeMark(")");
                return inner;
            case CelTokenKind.Mark when first.Text == "[":
                return ReadList();
            case CelTokenKind.Name:
                Take();
                return ReadNamed(first);
            default:
                throw Fault(first.Kind is CelTokenKind.End ? "The expression ends where a value should stand." : $"A value should stand here, not '{first.Text}'.");
        }
    }

    private ConstantNode Constant(string number)
    {
        var at = token;
        Take();
        if (at.Kind is CelTokenKind.Double)
        {
            return new(CelType.Double, CelValue.Of(double.Parse(number, CultureInfo.InvariantCulture)));
        }

        var (negative, digits) = number[0] == '-' ? (true, number[1..]) : (false, number);
        var hex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return ulong.TryParse(hex ? digits.AsSpan(2) : digits, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= (negative ? 1UL << 63 : long.MaxValue)
            ? new(CelType.Int, CelValue.Of(negative ? unchecked(-(long)value) : (long)value))
            : throw new ExpressionException(at.At, at.End, "An integer has at most 64 bits.");
    }

    private ListNode ReadList()
    {
        var start = token.At;
        Take();
        var elements = new List<CelNode>();
        CelType? type = null;
        while (!IsMark("]"))
        {
            if (elements.Count > 0)
            {
                TakeMark(",");
                if (IsMark("]"))
                {
                    break;
                }
            }

            elements.Add(ReadCondition());
            type ??= elements[0].Type;
            if (!type.Fits(elements[^1].Type))
            {
                throw new ExpressionException(start, token.At, $"All elements of a list have one type; this one has a {type} and a {elements[^1].Type}.");
            }
        }

        Take();
        return new(CelType.ListOf(type), [.. elements]);
    }

    private CelNode ReadNamed(CelToken name)
    {
        switch (name.Text)
        {
            case "true" or "false":
                return new ConstantNode(CelType.Bool, CelValue.Of(name.Text == "true"));
            case "has" when IsMark("("):
                return ReadHas();
            case "in" or "null":
                throw new ExpressionException(name.At, name.End, name.Text == "in" ? "A value should stand before 'in'." : "There is no null here; has(name) tells whether a fact is known.");
        }

        if (IsMark("("))
        {
            return CelFunctions.Function(name, ReadArguments());
        }

        if (variables.FindLastIndex(variable => variable.Name == name.Text) is >= 0 and var index)
        {
            return new VariableNode(index, variables[index].Type);
        }

        var info = ReadFact(name);
        return new FactNode(info.Fact, TypeOf(info));
    }

    private HasNode ReadHas()
    {
        Take();
        var info = ReadFact(TakeName());
        TakeMark(")");
        return new(info.Fact);
    }

    private FactInfo ReadFact(CelToken first)
    {
        var (full, end) = (first.Text, first.End);
        if (IsMark("."))
        {
            Take();
            var second = TakeName();
            (full, end) = ($"{full}.{second.Text}", second.End);
        }

        var info = FactTable.Find(full)
            ?? throw new ExpressionException(first.At, end, $"There is no fact '{full}'.", Suggestion.For(full, FactTable.Names));
        uses.Add(info.Fact);
        return info;
    }

    private static CelType TypeOf(FactInfo info) => info.Type switch
    {
        FactType.Text => CelType.Text,
        FactType.Flag => CelType.Bool,
        FactType.Number => info.Fact is Fact.TaskSpend ? CelType.Double : CelType.Int,
        FactType.Texts => CelType.Texts,
        _ => CelType.ListOf(CelType.Texts),
    };

    private void Expect(CelNode node, CelType type, int start, string what)
    {
        if (node.Type != type)
        {
            throw new ExpressionException(start, token.At, $"{what} must be a {type}; this is a {node.Type}.");
        }
    }

    private void Deeper()
    {
        if (++depth > CelLimits.Depth)
        {
            throw Fault($"More than {CelLimits.Depth} brackets and operators stand in one another.");
        }
    }

    private bool IsMark(string mark) => token.Kind is CelTokenKind.Mark && token.Text == mark;

    private void Take() => token = lexer.Next();

    private void TakeMark(string mark)
    {
        if (!IsMark(mark))
        {
            throw Fault(token.Kind is CelTokenKind.End ? $"A '{mark}' is missing at the end." : $"A '{mark}' should stand here, not '{token.Text}'.");
        }

        Take();
    }

    private CelToken TakeName()
    {
        var name = token;
        if (name.Kind is not CelTokenKind.Name)
        {
            throw Fault("A name should stand here.");
        }

        Take();
        return name;
    }

    private ExpressionException Fault(string message) => new(token.At, token.End, message);
}
