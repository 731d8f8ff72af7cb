using System.Collections.Immutable;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Policies.Authoring;

/// <summary>A call that somebody describes, to see how it would be judged.</summary>
public sealed record DescribedCall
{
    /// <summary>A command line; null = another tool's call.</summary>
    public string? Command { get; init; }

    public ShellDialect Dialect { get; init; }

    /// <summary>What is known besides, by the names that expressions use. Of what is no list, one text.</summary>
    public ImmutableArray<KeyValuePair<string, ImmutableArray<string>>> Facts { get; init; } = [];

    /// <summary>Which asserted facts the caller's key itself states.</summary>
    public KeyPins Pins { get; init; }

    public string? PrincipalId { get; init; }

    /// <summary>With one more fact, as it is written in one word: the items of a list with commas between them.</summary>
    public DescribedCall With(string fact, string value) => this with
    {
        Facts = Facts.Add(new(fact, FactTable.Find(fact)?.Type is FactType.Texts ? [.. value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)] : [value])),
    };

    public DescribedOutcome Read()
    {
        var faults = ImmutableArray.CreateBuilder<DescriptionFault>();
        foreach (var fact in Facts.Where(fact => fact.Value is not [{ Length: > 0 }] && FactTable.Find(fact.Key) is { Type: not FactType.Texts }))
        {
            faults.Add(new(fact.Key, "Expected one value.", null));
        }

        var call = new RuleTest(Matches: true, Line: 0) { Command = Command, Dialect = Dialect, Facts = [.. Facts.Select(Stated)] };
        var subject = faults.Count > 0 ? null : RuleTestSubject.Of(call, Pins, PrincipalId, (fact, message, suggestion) => faults.Add(new(fact.Name, message, suggestion)));
        return subject is null ? new DescribedOutcome.Faulty(faults.ToImmutable()) : new DescribedOutcome.Described(subject);
    }

    private static TestFact Stated(KeyValuePair<string, ImmutableArray<string>> fact)
    {
        var type = FactTable.Find(fact.Key)?.Type;
        return new(fact.Key, fact.Value, IsList: type is FactType.Texts, Line: 0) { Quoted = type is FactType.Text };
    }
}

/// <summary>What became of a described call.</summary>
public abstract record DescribedOutcome
{
    private DescribedOutcome()
    {
    }

    public sealed record Described(PolicySubject Subject) : DescribedOutcome;

    /// <param name="Faults">At least one.</param>
    public sealed record Faulty(ImmutableArray<DescriptionFault> Faults) : DescribedOutcome;
}

/// <param name="Fact">Its name, as it was given.</param>
/// <param name="Suggestion">What may have been meant; null when nothing is near.</param>
public sealed record DescriptionFault(string Fact, string Message, string? Suggestion)
{
    public override string ToString() => $"{Fact}: {Message}{(Suggestion is null ? "" : $" Did you mean '{Suggestion}'?")}";
}
