using Paddock.Control.Identity;
using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Containments;

/// <summary>
/// From what an operator names to a selector. A user, key or provider that is not there is a mistake, told before anything is done; an
/// agent, task, model or tool is known only when it is used.
/// </summary>
public sealed class Selecting(IIdentities identities, ISnapshots snapshots, IRunningCalls running)
{
    private const int LongestName = 200;

    /// <summary>Why it cannot be selected; null with the selector when it can.</summary>
    internal Outcome<NewContainment>? Refusal(ContainInput input, out ContainmentSelector selector)
    {
        var directory = identities.Current;
        var user = input.User is { } name ? FindPrincipal.In(directory, name) : null;
        var key = input.Key is { } text ? FindKey.In(directory, text) : null;
        selector = new()
        {
            User = user?.Id,
            Key = key?.Key.Id,
            Agent = input.Agent,
            Task = input.Task,
            Model = input.Model,
            Provider = input.Provider,
            Tool = input.Tool,
        };
        return input switch
        {
            { User: null, Key: null, Agent: null, Task: null, Model: null, Provider: null, Tool: null } =>
                new Outcome<NewContainment>.Invalid("user", "Say whom or what to contain: a user, key, agent, task, model, provider or tool."),
            { User: not null } when user is null => new Outcome<NewContainment>.NotFound("There is no such user."),
            { Key: not null } when key is null => new Outcome<NewContainment>.NotFound(FindKey.Missing),
            _ when user is not null && key is not null && key.Principal.Id != user.Id => new Outcome<NewContainment>.Invalid("key", $"The key is {key.Principal.Name}'s, so it would stop nothing."),
            _ when FaultOf(input) is { } fault => fault,
            { Provider: { } provider } when !IsKnown(provider) => new Outcome<NewContainment>.NotFound(NoProvider(provider)),
            _ => null,
        };
    }

    internal IReadOnlyList<string> HintsFor(ContainmentSelector selector, int calls)
    {
        var hints = new List<string>();
        if (calls == 0 && selector is { User: null, Key: null, Provider: null })
        {
            hints.Add("No call that runs on this server matches now. If one should, look at the name: paddock ledger list shows agents, tasks and models as they are.");
        }

        if (selector is { User: null, Key: null } and ({ Agent: not null } or { Task: not null }))
        {
            hints.Add("Agents say themselves who they are and what their task is. Against one that may lie, contain its user or key.");
        }

        return hints;
    }

    private static Outcome<NewContainment>.Invalid? FaultOf(ContainInput input)
    {
        foreach (var (field, name) in new[] { ("agent", input.Agent), ("task", input.Task), ("provider", input.Provider) })
        {
            if (name is not null && !Names.IsLabel(name, LongestName))
            {
                return new(field, $"This is one line of 1 to {LongestName} characters.");
            }
        }

        foreach (var (field, pattern) in new[] { ("model", input.Model), ("tool", input.Tool) })
        {
            if (pattern is not null && !Names.IsPattern(pattern, LongestName))
            {
                return new(field, $"This is a name of up to {LongestName} characters, or one ending in *.");
            }
        }

        return null;
    }

    /// <summary>Of the release in force, or of one before that a call still uses.</summary>
    private bool IsKnown(string provider) => snapshots.Current.ProvidersByName.ContainsKey(provider) || running.Count(new() { Provider = provider }) > 0;

    private string NoProvider(string provider)
    {
        var known = snapshots.Current.ProvidersByName.Keys;
        return Suggestion.For(provider, known) is { } meant
            ? $"The release in force has no provider '{provider}'. Did you mean '{meant}'?"
            : $"The release in force has no provider '{provider}'; it has {(known.IsEmpty ? "none" : string.Join(", ", known.Order(StringComparer.Ordinal)))}.";
    }
}
