using System.Collections.Immutable;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Policies.Matching;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Policies;

/// <summary>One tool call as the rules see it.</summary>
public sealed class PolicySubject
{
    /// <summary>Completes the facts by what <paramref name="call"/> tells, then leaves them as they are.</summary>
    /// <param name="facts">All that is known of caller, task and tool. <c>call.class</c> and what is derived from the arguments is set here.</param>
    /// <param name="pins">Which asserted facts the caller's key itself states.</param>
    public PolicySubject(FactValues facts, CallArguments call, KeyPins pins)
    {
        (Facts, Call, Class, Line, Pins) = (facts, call, call.Class, call.Line, pins);
        Paths = CallPaths.Of(call);
        call.Tell(facts, Paths);
        Teams = [.. facts.Texts(Fact.UserTeams)];
    }

    /// <summary>What expressions look at.</summary>
    public FactValues Facts { get; }

    /// <summary>What its arguments say.</summary>
    public CallArguments Call { get; }

    public ToolClass Class { get; }

    /// <summary>The command line of class <see cref="ToolClass.Command"/>; null = none, or none that could be read.</summary>
    public ShellLine? Line { get; }

    /// <summary>The files and folders it names.</summary>
    public ImmutableArray<PathText> Paths { get; }

    public ImmutableArray<string> Teams { get; }

    /// <summary>Which of agent, mode and repository the key itself says.</summary>
    public KeyPins Pins { get; }

    /// <summary>The principal's other name: rules may name either.</summary>
    public string? PrincipalId { get; init; }

    internal string? Text(Fact fact) => Facts.Has(fact) ? Facts.Text(fact) : null;

    internal bool? Flag(Fact fact) => Facts.Has(fact) ? Facts.Flag(fact) : null;
}
