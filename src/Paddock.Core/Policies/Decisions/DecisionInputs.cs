using System.Collections.Immutable;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Policies.Decisions;

/// <summary>
/// What the rules looked at when a call was judged, without payloads and without secrets: enough to judge it again. What had to be
/// masked or left out is told by <see cref="Altered"/>; <see cref="Suffices"/> tells whether a verdict may depend on that.
/// </summary>
public sealed record DecisionInputs
{
    public required ToolClass Class { get; init; }

    public KeyPins Pins { get; init; }

    /// <summary>Facts that hold a text, by their names; those that follow from the arguments are made again and not listed.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = ImmutableDictionary<string, string>.Empty;

    public IReadOnlyDictionary<string, ImmutableArray<string>> Lists { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    public IReadOnlyDictionary<string, double> Numbers { get; init; } = ImmutableDictionary<string, double>.Empty;

    public IReadOnlyDictionary<string, bool> Flags { get; init; } = ImmutableDictionary<string, bool>.Empty;

    /// <summary>The command line as it was read; null = none, or none that could be read.</summary>
    public ShellLine? Line { get; init; }

    /// <summary>Files, hosts and folder as the arguments name them, beside the line.</summary>
    public ImmutableArray<string> Paths { get; init; } = [];

    public ImmutableArray<string> Hosts { get; init; } = [];

    public string? WorkingDirectory { get; init; }

    public string? Workspace { get; init; }

    public string? PrincipalId { get; init; }

    /// <summary>Names of the facts that are not as they were.</summary>
    public ImmutableArray<string> Altered { get; init; } = [];

    /// <summary>The arguments said too much to be kept: nothing can be judged by what is left of them.</summary>
    public bool IsBare { get; init; }

    /// <summary>The call as the rules see it. Facts that this version does not know are left out.</summary>
    public PolicySubject ToSubject()
    {
        var facts = new FactValues();
        Each(Texts, FactType.Text, (fact, value) => facts.Set(fact, value));
        Each(Lists, FactType.Texts, (fact, value) => facts.Set(fact, value));
        Each(Numbers, FactType.Number, (fact, value) => facts.Set(fact, value));
        Each(Flags, FactType.Flag, (fact, value) => facts.Set(fact, value));
        var call = new CallArguments(Class) { Line = Line, Paths = Paths, Hosts = Hosts, WorkingDirectory = WorkingDirectory, Workspace = Workspace };
        return new(facts, call, Pins) { PrincipalId = PrincipalId };
    }

    /// <summary>Whether judging this by these policies gives what judging the call itself would have given. False also where that cannot be told.</summary>
    public bool Suffices(PolicySet policies, PolicySubject subject) => !IsBare && (Altered.IsEmpty || !policies.MayDependOn(subject, FactMask.Of([.. Altered.Select(FactTable.Find).OfType<FactInfo>().Select(info => info.Fact)])));

    private static void Each<T>(IReadOnlyDictionary<string, T> values, FactType type, Action<Fact, T> set)
    {
        foreach (var (name, value) in values)
        {
            if (FactTable.Find(name) is { } info && info.Type == type)
            {
                set(info.Fact, value);
            }
        }
    }
}
