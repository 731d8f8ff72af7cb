using Paddock.Core.Modes;
using Paddock.Core.Tests.Policies;
using Paddock.Core.Tools;
using static Paddock.Core.Tests.Modes.ModeDocuments;

namespace Paddock.Core.Tests.Modes;

/// <summary>Modes and team profiles as documents say them.</summary>
public class ModeDocumentTests
{
    private const string Everything = """
        for: {teams: [core], users: [ada]}
        priority: 7
        modes: {preferred: [plan], forbidden: [orchestrator], unlisted: plan, missing: allow}
        models: {classes: {deep: [large], quick: [gpt, large]}, default: quick, others: allow}
        approvals: {command: {chain: leads, ttl: 30m}}
        output: Ten lines.
        budgets: [daily]
        mcpServers:
          - {name: tickets, description: Tickets, url: "https://tickets.example/mcp", headers: {Authorization: "${env:TICKETS}"}, alwaysAllow: [search], timeout: 30, marketplace: true}
          - {name: local, description: Files, command: mcp-files, args: [--root, .], env: {LEVEL: info}, disabledTools: [remove], homepage: "https://files.example"}
        client: {recordMessages: true, sharing: organization, hideMarketplaceMcps: true, hiddenMcps: [shady], tokenInProfiles: true, refreshWithin: 2h, stale: refuse}
        tasks: {contextWithin: 24h, stale: refuse}
        """;

    private static readonly string models = Document("Provider", "openai", "{wires: [openai-chat], baseUrl: 'https://models.example/v1', auth: {scheme: none}}")
        + Document("Model", "large", "provider: openai") + Document("ModelRoute", "gpt", "targets: [{provider: openai}]") + Document("Budget", "daily", "{scope: user, limit: {usd: 1}, window: day}");

    [Fact]
    public void Both_are_read_with_everything_that_they_say_and_reach_the_snapshot()
    {
        var mode = Mode("plan", """
            slug: architect
            name: Architect
            role: You plan.
            whenToUse: First.
            description: Plans
            instructions: Write it down.
            groups: [read, edit]
            edits: {fileRegex: '\.md$', description: Markdown}
            tools: {allow: [index], deny: ['mcp--*', switch_mode]}
            modelClass: deep
            marketplace: true
            """);

        var profiles = Taken(Rules.Chain, models, mode, Profile("developers", Everything)).Profiles;

        var profile = profiles.Of(Person("bob", "core")).ShouldNotBeNull();
        (profile.Name, profile.Priority, profile.Owner, profile.Output).ShouldBe(("developers", 7, "platform", "Ten lines."));
        profile.Modes.ShouldNotBeNull().Unlisted.ShouldBe(new ModeFallback(false, "plan"));
        profile.Modes.Missing.ShouldBe(ModeFallback.Allow);
        profile.Models.ShouldNotBeNull().Of("quick").ShouldBe(["gpt", "large"]);
        (profile.Models.Of("none").IsEmpty, profile.Models.Default, profile.Models.AllowsOthers).ShouldBe((true, "quick", true));
        profile.Approvals.ShouldHaveSingleItem().ShouldBe(new(ToolClass.Command, new("leads") { Ttl = TimeSpan.FromMinutes(30) }));
        profile.Budgets.ShouldBe(["daily"]);
        profile.McpServers.Select(server => (server.Name, server.Transport, server.IsPublic, server.TimeoutSeconds)).ShouldBe([("tickets", McpTransport.StreamableHttp, true, 30), ("local", McpTransport.Stdio, false, null)]);
        profile.Client.ShouldBe(new ProfileClient { RecordsMessages = true, Sharing = TaskSharing.Organization, HidesMarketplaceMcps = true, HiddenMcps = profile.Client.HiddenMcps, PutsTokenInProfiles = true, RefreshWithin = TimeSpan.FromHours(2), RefusesStale = true });
        profile.Tasks.ShouldBe(new ProfileTasks { ContextWithin = TimeSpan.FromHours(24), RefusesStale = true });
        var read = profiles.PreferredBy(profile).ShouldHaveSingleItem();
        (read.Name, read.Slug, read.Title, read.ModelClass, read.IsPublic).ShouldBe(("plan", "architect", "Architect", "deep", true));
        read.Groups.ShouldBe([ModeGroup.Read, ModeGroup.Edit]);
        read.Edits.ShouldBe(new ModeEdits("\\.md$", "Markdown"));
        read.AllowedTools.ShouldBe(["index"]);
        read.DeniedTools.ShouldBe(["mcp--*", "switch_mode"]);
    }

    [Theory]
    [InlineData("name: x\nrole: y", "spec.groups", "Say what the mode may do")]
    [InlineData("name: x\ngroups: [read]", "spec.role", "required")]
    [InlineData("name: x\nrole: y\ngroups: [reed]", "spec.groups[0]", "read")]
    [InlineData("name: x\nrole: y\ngroups: [read, read]", "spec.groups[1]", "twice")]
    [InlineData("name: x\nrole: y\ngroups: [read]\nslug: a.b", "spec.slug", "letters, digits and '-'")]
    [InlineData("name: x\nrole: y\ngroups: [read]\nedits: {fileRegex: x}", "spec.edits", "the group edit is not among")]
    [InlineData("name: x\nrole: y\ngroups: [edit]\nedits: {fileRegex: '(?=x)'}", "spec.edits.fileRegex", "(?:…)")]
    [InlineData("name: x\nrole: y\ngroups: [edit]\nedits: {description: x}", "spec.edits.fileRegex", "required")]
    [InlineData("name: x\nrole: y\ngroups: [read]\ntools: {}", "spec.tools", "Name with 'allow'")]
    [InlineData("name: x\nrole: y\ngroups: [read]\ntools: {allow: ['mcp--*']}", "spec.tools.allow[0]", "written out")]
    [InlineData("name: x\nrole: y\ngroups: [read]\ntools: {allow: [a], deny: [a]}", "spec.tools", "both allowed and denied")]
    [InlineData("name: x\nrole: y\ngroups: [read]\nmodelclass: deep", "spec.modelclass", "modelClass")]
    public void A_mode_that_says_something_else_is_refused_with_its_key(string spec, string key, string says) =>
        Rules.Faults(Mode("plan", spec), Profile("developers", "modes: {preferred: [plan]}")).ShouldContain(fault => fault.StartsWith(key + ": ", StringComparison.Ordinal) && fault.Contains(says, StringComparison.Ordinal));

    [Theory]
    [InlineData("for: {}", "spec.for", "Name 'teams' or 'users'")]
    [InlineData("for: {groups: [x]}", "spec.for.groups", "no field of this name")]
    [InlineData("priority: 1001", "spec.priority", "from 0 to 1000")]
    [InlineData("modes: {preferred: [plann]}", "spec.modes.preferred[0]", "plan")]
    [InlineData("modes: {preferred: [plan], forbidden: [plan]}", "spec.modes.forbidden", "which this team works in")]
    [InlineData("modes: {preferred: [plan, twin]}", "spec.modes.preferred", "same slug 'plan'")]
    [InlineData("modes: {preferred: [plan], unlisted: refused}", "spec.modes.unlisted", "There is no Mode 'refused'")]
    [InlineData("modes: {preferred: [plan], forbidden: ['a b']}", "spec.modes.forbidden[0]", "letters, digits")]
    [InlineData("models: {classes: {quick: [gpt5]}, default: quick}", "spec.models.classes.quick[0]", "There is no Model or ModelRoute 'gpt5'")]
    [InlineData("models: {classes: {quick: [gpt]}, default: quik}", "spec.models.default", "quick")]
    [InlineData("models: {classes: {Quick: [gpt]}, default: Quick}", "spec.models.classes.Quick", "small letters")]
    [InlineData("models: {classes: {}, default: x}", "spec.models.classes", "1 to 20")]
    [InlineData("models: {classes: {quick: [gpt]}, default: quick}\nmodes: {preferred: [deep]}", "spec.models.classes", "class 'deep', which is missing")]
    [InlineData("approvals: {comand: {chain: leads}}", "spec.approvals.comand", "command")]
    [InlineData("approvals: {command: {chain: bosses}}", "spec.approvals.command.chain", "There is no ApprovalChain")]
    [InlineData("budgets: [weekly]", "spec.budgets[0]", "There is no Budget 'weekly'")]
    [InlineData("client: {sharing: everyone}", "spec.client.sharing", "none, organization, public")]
    [InlineData("client: {refreshWithin: 1h}", "spec.client.refreshWithin", "from 65m to 720h")]
    [InlineData("client: {stale: deny}", "spec.client.stale", "allow, refuse")]
    [InlineData("tasks: {stale: refuse}", "spec.tasks.contextWithin", "required")]
    [InlineData("tasks: {contextWithin: 5m}", "spec.tasks.contextWithin", "from 10m to 2160h")]
    [InlineData("tasks: {contextWithin: 24h, stale: deny}", "spec.tasks.stale", "allow, refuse")]
    [InlineData("mcpServers: [{name: a--b, description: x, command: y}]", "spec.mcpServers[0].name", "single '-'")]
    [InlineData("mcpServers: [{name: a, description: x}]", "spec.mcpServers[0].url", "has a 'command'")]
    [InlineData("mcpServers: [{name: a, description: x, url: 'ftp://x'}]", "spec.mcpServers[0].url", "https://")]
    [InlineData("mcpServers: [{name: a, description: x, url: 'https://x', env: {A: b}}]", "spec.mcpServers[0].env", "no variables")]
    [InlineData("mcpServers: [{name: a, description: x, command: y, env: {API_TOKEN: abc}}]", "spec.mcpServers[0].env.API_TOKEN", "${env:NAME}")]
    [InlineData("mcpServers: [{name: a, description: x, url: 'https://x', headers: {Authorization: Basic abc}}]", "spec.mcpServers[0].headers.Authorization", "${env:NAME}")]
    [InlineData("mcpServers: [{name: a, description: x, command: y}, {name: A, description: x, command: y}]", "spec.mcpServers[1].name", "already")]
    public void A_team_profile_that_says_something_else_is_refused_with_its_key(string spec, string key, string says)
    {
        var faults = Rules.Faults(Rules.Chain, models, Plain("plan"), Plain("twin", more: "slug: plan"), Plain("deep", more: "modelClass: deep"), Profile("all", "modes: {preferred: [plan, deep], missing: twin}\nfor: {users: [x]}\npriority: 999"), Profile("developers", spec));

        faults.ShouldContain(fault => fault.StartsWith(key + ": ", StringComparison.Ordinal) && fault.Contains(says, StringComparison.Ordinal), string.Join('\n', faults));
    }

    [Fact]
    public void A_mode_that_nobody_is_given_is_refused_unless_the_marketplace_shows_it()
    {
        Rules.Faults(Plain("plan")).ShouldHaveSingleItem().ShouldStartWith("metadata.name: No TeamProfile names this mode");
        Rules.Faults(Plain("plan", more: "marketplace: true")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("for: {users: [ada]}", "for: {users: [Ada]}", "is for 'Ada' too")]
    [InlineData("for: {teams: [core, web]}", "for: {teams: [web]}", "is for the team 'web' too")]
    [InlineData("output: a", "output: b", "is for everybody too")]
    public void Two_profiles_for_the_same_people_need_different_priorities(string one, string other, string says)
    {
        Rules.Faults(Profile("a", one), Profile("b", other)).ShouldHaveSingleItem().ShouldContain(says);
        Rules.Faults(Profile("a", one), Profile("b", other + "\npriority: 1")).ShouldBeEmpty();
    }
}
