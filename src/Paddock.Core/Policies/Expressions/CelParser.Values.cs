using System.Globalization;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Releases;

namespace Paddock.Core.Policies.Expressions;

/// <summary>Literals, facts, lists, and what follows them by a dot or in brackets.</summary>
internal sealed partial class CelParser
{
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
}
