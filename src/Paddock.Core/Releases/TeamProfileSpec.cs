using System.Collections.Immutable;
using Paddock.Core.Modes;
using Paddock.Core.Policies;
using Paddock.Core.Tools;

namespace Paddock.Core.Releases;

/// <summary>Reads the <c>spec</c> of a <c>TeamProfile</c>.</summary>
internal static class TeamProfileSpec
{
    private const int MostModes = 20, MostServers = 50;
    private static readonly string[] sharings = ["none", "organization", "public"];

    /// <summary>Clients ask every hour: with less, each would be stale between two times.</summary>
    private static readonly TimeSpan shortestRefresh = TimeSpan.FromMinutes(65), longestRefresh = TimeSpan.FromDays(30);

    public static TeamProfile Read(DocumentHead head, Fields spec)
    {
        var (teams, users) = People(spec);
        var profile = new TeamProfile
        {
            Name = head.Name,
            Teams = teams,
            Users = users,
            Priority = (int)(spec.Whole("priority", 0, 1_000) ?? 0),
            Modes = Modes(spec),
            Models = ProfileModelsSpec.Read(spec),
            Approvals = Approvals(spec),
            Output = spec.Prose("output"),
            Budgets = References(spec, "budgets", DocumentKinds.Budget),
            McpServers = Servers(spec),
            Client = Client(spec),
            Tasks = ProfileTasksSpec.Read(spec),
            Owner = head.Owner,
            File = head.File,
            Line = head.Line,
        };
        return profile;
    }

    private static (ImmutableArray<string> Teams, ImmutableArray<string> Users) People(Fields spec)
    {
        if (spec.Object("for") is not { } people)
        {
            return ([], []);
        }

        var read = (RuleMatchSpec.Names(people, "teams"), RuleMatchSpec.Names(people, "users"));
        people.Close();
        if (!people.Has("teams") && !people.Has("users"))
        {
            spec.Fault("for", "Name 'teams' or 'users', or leave 'for' out: then it is for everybody whom no other profile is for.");
        }

        return read;
    }

    private static ProfileModes? Modes(Fields spec)
    {
        if (spec.Object("modes") is not { } modes)
        {
            return null;
        }

        var read = new ProfileModes
        {
            Preferred = References(modes, "preferred", DocumentKinds.Mode),
            Forbidden = Slugs(modes, "forbidden"),
            Unlisted = Fallback(modes, "unlisted"),
            Missing = Fallback(modes, "missing"),
        };
        modes.Close();
        foreach (var name in new[] { "preferred", "forbidden" }.Where(name => (name is "preferred" ? read.Preferred : read.Forbidden).Length > MostModes))
        {
            modes.Fault(name, $"A team profile names at most {MostModes} modes here.");
        }

        return read;
    }

    private static ImmutableArray<string> Slugs(Fields modes, string name)
    {
        var slugs = modes.Texts(name, required: modes.Has(name));
        foreach (var (text, line, path) in slugs)
        {
            if (ModeSpec.Refusal(text) is { } refusal)
            {
                modes.Place.Fault(line, path, refusal);
            }
        }

        return [.. slugs.Select(static slug => slug.Text)];
    }

    private static ModeFallback Fallback(Fields modes, string name)
    {
        switch (modes.Text(name))
        {
            case null or "refuse":
                return ModeFallback.Refuse;
            case "allow":
                return ModeFallback.Allow;
            case { } mode:
                modes.Place.Refer(DocumentKinds.Mode, mode, modes.LineOf(name), DottedKey.Below(modes.Path, name));
                return new(false, mode);
        }
    }

    public static ImmutableArray<string> References(Fields fields, string name, string kind)
    {
        var texts = fields.Texts(name, required: fields.Has(name));
        foreach (var (text, line, path) in texts)
        {
            fields.Place.Refer(kind, text, line, path);
        }

        return [.. texts.Select(static item => item.Text)];
    }

    private static ImmutableArray<KeyValuePair<ToolClass, RuleApproval>> Approvals(Fields spec)
    {
        if (spec.Object("approvals") is not { } approvals)
        {
            return [];
        }

        var read = ImmutableArray.CreateBuilder<KeyValuePair<ToolClass, RuleApproval>>();
        foreach (var (tool, name) in Enum.GetValues<ToolClass>().Select(static tool => (tool, ToolClassNames.Of(tool))))
        {
            if (approvals.Object(name) is { } approval)
            {
                read.Add(new(tool, PolicyRuleSpec.ApprovalOf(approval)));
                approval.Close();
            }
        }

        approvals.Close();
        return read.ToImmutable();
    }

    private static ImmutableArray<McpServer> Servers(Fields spec)
    {
        var servers = ImmutableArray.CreateBuilder<McpServer>();
        foreach (var fields in spec.Objects("mcpServers", required: spec.Has("mcpServers")))
        {
            var server = McpServerSpec.Read(fields);
            if (servers.Any(other => string.Equals(other.Name, server.Name, StringComparison.OrdinalIgnoreCase)))
            {
                fields.Fault("name", "There is a server of this name already.");
            }

            servers.Add(server);
        }

        if (servers.Count > MostServers)
        {
            spec.Fault("mcpServers", $"A team profile has at most {MostServers} servers.");
        }

        return servers.ToImmutable();
    }

    private static ProfileClient Client(Fields spec)
    {
        if (spec.Object("client") is not { } client)
        {
            return ProfileClient.Usual;
        }

        var refuses = client.Choice("stale", ProfileTasksSpec.Treatments) is 1;
        var read = new ProfileClient
        {
            RecordsMessages = client.Flag("recordMessages") ?? false,
            Sharing = (TaskSharing)(client.Choice("sharing", sharings) ?? 0),
            HidesMarketplaceMcps = client.Flag("hideMarketplaceMcps") ?? false,
            HiddenMcps = RuleMatchSpec.Names(client, "hiddenMcps"),
            PutsTokenInProfiles = client.Flag("tokenInProfiles") ?? false,
            RefreshWithin = client.Duration("refreshWithin", shortestRefresh, longestRefresh) ?? (refuses ? ProfileClient.WhereRefused : ProfileClient.Usual.RefreshWithin),
            RefusesStale = refuses,
        };
        client.Close();
        return read;
    }
}
