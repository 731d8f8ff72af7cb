using Paddock.Core.Policies.Facts;

namespace Paddock.Core.Policies.Expressions;

/// <summary>Reads an expression and checks its types as it goes; the first fault ends it.</summary>
internal sealed partial class CelParser
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
