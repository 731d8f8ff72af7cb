using System.Collections.Immutable;
using Paddock.Core.Approvals;
using Paddock.Core.Identity;

namespace Paddock.Core.Releases;

/// <summary>Reads the <c>spec</c> of an <c>ApprovalChain</c>.</summary>
internal static class ApprovalChainSpec
{
    private const int MostSteps = 10, MostVotes = 20;
    private static readonly string[] parties = ["requester", "author", "lastCommitter", "agentOwner"];
    private static readonly TimeSpan shortest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan longest = TimeSpan.FromDays(14);

    public static ApprovalChain Read(string name, Fields spec)
    {
        var steps = spec.Objects("steps", required: true).Select(Step).ToImmutableArray();
        if (steps.Length > MostSteps)
        {
            spec.Fault("steps", $"A chain has at most {MostSteps} steps.");
        }

        var named = steps.Where(IsNamed).ToArray();
        if (named.Length > 1 && named.All(step => PeopleOf([step]) >= step.Min) && PeopleOf(named) < named.Sum(static step => step.Min))
        {
            spec.Fault("steps", $"{named.Sum(static step => step.Min)} votes can never come together from {PeopleOf(named)} named users; a person votes once in the whole chain.");
        }

        return new() { Name = name, Steps = steps };
    }

    /// <summary>Whether all who may ever vote in this step are named one by one.</summary>
    private static bool IsNamed(ApprovalStep step) =>
        step is { AnyOf: { Teams: [], Groups: [], Roles: ControlRoles.None, Users.IsEmpty: false }, EscalateTo: null };

    private static int PeopleOf(IEnumerable<ApprovalStep> steps) => steps.SelectMany(static step => step.AnyOf.Users).Distinct(StringComparer.OrdinalIgnoreCase).Count();

    private static ApprovalStep Step(Fields fields)
    {
        var step = new ApprovalStep
        {
            AnyOf = Set(fields, "anyOf", required: true) ?? new(),
            Min = (int)(fields.Whole("min", 1, MostVotes) ?? 1),
            DistinctFrom = Parties(fields),
            Timeout = fields.Duration("timeout", shortest, longest),
            EscalateTo = Set(fields, "escalateTo", required: false),
        };
        if (step.EscalateTo is not null && !fields.Has("timeout"))
        {
            fields.Fault("escalateTo", "Say with 'timeout' when it is escalated.");
        }

        if (IsNamed(step) && PeopleOf([step]) is var people && people < step.Min)
        {
            fields.Fault("min", $"{step.Min} votes can never come together from {people} named users; a person votes once.");
        }

        fields.Close();
        return step;
    }

    private static ApproverSet? Set(Fields fields, string name, bool required)
    {
        if (fields.Object(name, required) is not { } set)
        {
            return null;
        }

        var approvers = new ApproverSet { Teams = Names(set, "teams"), Groups = Names(set, "groups"), Users = Names(set, "users"), Roles = Roles(set) };
        if (!set.Has("teams") && !set.Has("groups") && !set.Has("users") && !set.Has("roles"))
        {
            fields.Fault(name, "Name 'teams', 'groups', 'users' or 'roles': nobody could ever vote.");
        }

        set.Close();
        return approvers;
    }

    private static ImmutableArray<string> Names(Fields set, string name) => [.. set.Texts(name, required: set.Has(name)).Select(item => item.Text)];

    private static ControlRoles Roles(Fields set)
    {
        var roles = ControlRoles.None;
        foreach (var (text, line, path) in set.Texts("roles", required: set.Has("roles")))
        {
            if (FieldValues.ChoiceOf(set.Place, line, path, text, ControlRoleNames.All) is { } index)
            {
                roles |= ControlRoleNames.Parse(ControlRoleNames.All[index]);
            }
        }

        return roles;
    }

    private static ImmutableArray<ApprovalParty> Parties(Fields fields)
    {
        var distinct = ImmutableArray.CreateBuilder<ApprovalParty>();
        foreach (var (text, line, path) in fields.Texts("distinctFrom", required: fields.Has("distinctFrom")))
        {
            if (FieldValues.ChoiceOf(fields.Place, line, path, text, parties) is { } index)
            {
                distinct.Add((ApprovalParty)index);
            }
        }

        return distinct.ToImmutable();
    }
}
