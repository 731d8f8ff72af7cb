using Paddock.Core.Policies;

namespace Paddock.Core.Releases;

/// <summary>Reads the <c>spec</c> of a <c>PolicyBinding</c>.</summary>
internal static class PolicyBindingSpec
{
    /// <summary>In the order of <see cref="Enforcement"/>.</summary>
    private static readonly string[] enforcements = ["off", "shadow", "warn", "soft", "enforce"];

    public static PolicyBinding Read(DocumentHead head, Fields spec) => new()
    {
        Name = head.Name,
        Policy = spec.Reference("policy", DocumentKinds.Policy, required: true) ?? "",
        Scope = Scope(spec),
        Enforcement = (Enforcement)(spec.Choice("enforcement", enforcements, required: true) ?? 0),
        Overridable = spec.Flag("overridable") ?? false,
        File = head.File,
        Line = head.Line,
    };

    private static BindingScope Scope(Fields spec)
    {
        if (spec.Object("scope") is not { } scope)
        {
            return BindingScope.Everywhere;
        }

        var read = new BindingScope
        {
            Repositories = RuleMatchSpec.Patterns(scope, "repositories"),
            Environments = RuleMatchSpec.Names(scope, "environments"),
            Teams = RuleMatchSpec.Names(scope, "teams"),
            Principals = RuleMatchSpec.Names(scope, "principals"),
            Agents = RuleMatchSpec.Names(scope, "agents"),
        };
        scope.Close();
        return read;
    }
}
