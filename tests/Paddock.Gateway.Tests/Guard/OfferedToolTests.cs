using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Core.Tasks;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests.Guard;

/// <summary>What is decided on the request: tools that the provider runs itself, MCP servers, and which of the client's tools the model sees.</summary>
public sealed class OfferedToolTests
{
    private const string Chat = "/v1/chat/completions";
    private const string Responses = "/v1/responses";
    private const string Messages = "/v1/messages";

    /// <summary>Web search, code at the provider, one MCP server's deletions and unknown types are denied; bash is hidden.</summary>
    private const string Policies = """
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: offers, owner: tests}
        spec:
          rules:
          - {id: web, match: {classes: [browser]}, when: 'call.tool == "web_search"', effect: deny, because: Nobody searches, tests: [{match: {call.class: browser, call.tool: web_search}}]}
          - {id: code, match: {tools: [code_interpreter, code_execution]}, effect: deny, tests: [{match: ls, with: {call.tool: code_execution}}]}
          - {id: delete, match: {mcp: {servers: [github], tools: ["delete_*"]}}, effect: deny, tests: [{match: {call.class: mcp, mcp.server: github, mcp.tool: delete_repo}}]}
          - {id: elsewhere, match: {classes: [mcp]}, when: '!call.hosts.all(h, h.inDomain("corp.example"))', effect: deny, tests: [{match: {call.class: mcp, call.hosts: [x.example]}}]}
          - {id: unknown, match: {classes: [other], tools: [never_heard_of]}, effect: deny, tests: [{match: {call.class: other, call.tool: never_heard_of}}]}
          - {id: bash, match: {tools: [bash, "multi_agent_v1.*", local_shell_call]}, effect: deny, hideTool: true, because: No shell here, tests: [{match: ls, with: {call.tool: bash}}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: offers, owner: tests}
        spec: {policy: offers, enforcement: enforce}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    // The last of the list, the first, one in the middle; whitespace stays where nothing had to go.
    [InlineData(Chat, """{"model":"m", "tools":[ {"type":"function","function":{"name":"edit"}} , {"type":"web_search"} ],"messages":[]}""", """{"model":"m", "tools":[ {"type":"function","function":{"name":"edit"}} ],"messages":[]}""")]
    [InlineData(Chat, """{"model":"m","tools":[{"type":"web_search"}, {"function":{"name":"edit"},"type":"function"}]}""", """{"model":"m","tools":[{"function":{"name":"edit"},"type":"function"}]}""")]
    // A list that would be empty goes, and what speaks of it.
    [InlineData(Chat, """{"tools":[{"type":"web_search"}],"tool_choice":"auto","parallel_tool_calls":true,"model":"m"}""", """{"model":"m"}""")]
    [InlineData(Chat, """{"model":"m","tool_choice":"auto","tools":[{"type":"openrouter:web_search"},{"type":"never_heard_of","x":1}]}""", """{"model":"m"}""")]
    [InlineData(Chat, """{"model":"m","web_search_options":{},"x":1}""", """{"model":"m","x":1}""")]
    [InlineData(Chat, """{"search_parameters":{"mode":"auto"},"enable_search":true,"model":"m","plugins":[{"id":"web"}]}""", """{"model":"m"}""")]
    [InlineData(Chat, """{"enable_search":false,"web_search_options":null,"model":"m","plugins":[{"id":"file-parser"},{"id":"web"}]}""", """{"enable_search":false,"web_search_options":null,"model":"m","plugins":[{"id":"file-parser"}]}""")]
    [InlineData(Responses, """{"model":"m","tools":[{"type":"web_search_preview_2025_03_11","external_web_access":false},{"type":"image_generation"}]}""", """{"model":"m","tools":[{"type":"image_generation"}]}""")]
    [InlineData(Responses, """{"model":"m","tools":[{"type":"code_interpreter","container":{"type":"auto"}},{"type":"file_search"}],"tool_choice":"auto"}""", """{"model":"m","tools":[{"type":"file_search"}],"tool_choice":"auto"}""")]
    [InlineData(Responses, """{"model":"m","tools":[{"type":"mcp","server_label":"github","server_url":"https://git.corp.example/mcp","allowed_tools":["read_file"]},{"type":"mcp","server_label":"github2","server_url":"https://evil.example"}]}""", """{"model":"m","tools":[{"type":"mcp","server_label":"github","server_url":"https://git.corp.example/mcp","allowed_tools":["read_file"]}]}""")]
    [InlineData(Responses, """{"model":"m","tools":[{"type":"mcp","server_label":"github","server_url":"https://git.corp.example/mcp"}]}""", """{"model":"m"}""")] // all of its tools, so those that delete too
    [InlineData(Responses, """{"model":"m","tools":[{"type":"mcp","server_label":"github","server_url":"https://git.corp.example/mcp","allowed_tools":{"tool_names":["read","delete_repo"]}}]}""", """{"model":"m"}""")]
    [InlineData(Responses, """{"model":"m","tools":[{"type":"mcp","server_label":"mail","connector_id":"connector_gmail"}]}""", """{"model":"m"}""")] // nobody knows where it is
    [InlineData(Messages, """{"model":"m","tools":[{"name":"edit","input_schema":{}},{"type":"web_search_20250305","name":"web_search"},{"type":"bash_20250124","name":"shell"}]}""", """{"model":"m","tools":[{"name":"edit","input_schema":{}},{"type":"bash_20250124","name":"shell"}]}""")]
    [InlineData(Messages, """{"model":"m","tools":[{"type":"code_execution_20250825","name":"code_execution"}],"tool_choice":{"type":"auto"}}""", """{"model":"m"}""")]
    [InlineData(Messages, """{"mcp_servers":[{"type":"url","name":"a","url":"https://x.corp.example"},{"type":"url","name":"b","url":"https://evil.example"}],"model":"m","tools":[{"type":"mcp_toolset","mcp_server_name":"b"},{"type":"mcp_toolset","mcp_server_name":"a"}]}""", """{"mcp_servers":[{"type":"url","name":"a","url":"https://x.corp.example"}],"model":"m","tools":[{"type":"mcp_toolset","mcp_server_name":"a"}]}""")]
    [InlineData(Messages, """{"model":"m","mcp_servers":[{"name":"github","url":"https://x.corp.example"}],"tools":[{"type":"mcp_toolset","mcp_server_name":"github","default_config":{"enabled":true}}]}""", """{"model":"m"}""")]
    [InlineData(Messages, """{"model":"m","mcp_servers":[{"name":"github","url":"https://x.corp.example"}],"tools":[{"type":"mcp_toolset","mcp_server_name":"github","default_config":{"enabled":false},"configs":{"read":{"enabled":true},"delete_x":{"enabled":false}}}]}""", null)]
    [InlineData(Messages, """{"model":"m","mcp_servers":[{"name":"github","url":"https://x.corp.example","tool_configuration":{"enabled":true,"allowed_tools":["delete_x"]}}]}""", """{"model":"m"}""")]
    public async Task What_the_provider_would_run_against_policy_is_not_offered_to_it(string path, string asked, string? sent)
    {
        await using var gateway = await Offering.StartAsync(Policies);

        (await gateway.SentAsync(path, asked)).ShouldBe(sent ?? asked);
    }

    [Theory]
    [InlineData(Chat, """{"model":"m","tools":[{"type":"function","function":{"name":"bash"}},{"type":"function","function":{"name":"edit"}}],"tool_choice":"required"}""", """{"model":"m","tools":[{"type":"function","function":{"name":"edit"}}],"tool_choice":"required"}""")]
    [InlineData(Chat, """{"model":"m","tools":[{"type":"custom","custom":{"name":"bash"}}],"tool_choice":"auto"}""", """{"model":"m"}""")]
    [InlineData(Chat, """{"model":"m","tools":[{"type":"function","function":{"name":"bash"}}],"tool_choice":{"type":"function","function":{"name":"bash"}}}""", null)] // it is asked for; its calls are refused
    [InlineData(Chat, """{"model":"m","tools":[{"type":"function","function":{"name":"bash"}}],"tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"function","function":{"name":"bash"}}]}}}""", null)]
    [InlineData(Messages, """{"model":"m","tools":[{"name":"bash","input_schema":{},"cache_control":{"type":"ephemeral"}},{"name":"edit"}]}""", """{"model":"m","tools":[{"name":"edit"}]}""")]
    [InlineData(Messages, """{"model":"m","tools":[{"name":"bash"}],"tool_choice":{"type":"tool","name":"bash"}}""", null)]
    [InlineData(Responses, """{"model":"m","tools":[{"type":"function","name":"bash"},{"type":"namespace","name":"multi_agent_v1","tools":[{"type":"function","name":"spawn_agent"}]},{"type":"local_shell"},{"type":"function","name":"edit"}]}""", """{"model":"m","tools":[{"type":"function","name":"edit"}]}""")]
    [InlineData(Responses, """{"model":"m","tools":[{"type":"namespace","name":"other","tools":[{"type":"function","name":"spawn_agent"},{"type":"web_search"}]}]}""", """{"model":"m","tools":[{"type":"namespace","name":"other","tools":[{"type":"function","name":"spawn_agent"}]}]}""")]
    [InlineData(Responses, """{"model":"m","tools":[{"type":"function","name":"bash"}],"tool_choice":{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"bash"}]}}""", null)]
    public async Task A_tool_that_is_denied_for_certain_is_hidden_unless_the_request_asks_for_it(string path, string asked, string? sent)
    {
        await using var gateway = await Offering.StartAsync(Policies);

        (await gateway.SentAsync(path, asked)).ShouldBe(sent ?? asked);
    }

    [Theory]
    [InlineData(Chat, """{"model":"m","tools":[{"type":"web_search"}],"tool_choice":{"type":"web_search"}}""")]
    [InlineData(Chat, """{"model":"m","tools":[{"type":"web_search"}],"tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"web_search"}]}}}""")]
    [InlineData(Responses, """{"model":"m","tools":[{"type":"web_search"}],"tool_choice":{"type":"web_search_preview"}}""")]
    [InlineData(Responses, """{"model":"m","tools":[{"type":"mcp","server_label":"x","server_url":"https://evil.example"}],"tool_choice":{"type":"mcp","server_label":"x"}}""")]
    [InlineData(Responses, """{"model":"m","tools":[{"type":"web_search"}],"tool_choice":{"type":"allowed_tools","mode":"auto","tools":[{"type":"web_search"},{"type":"function","name":"x"}]}}""")]
    [InlineData(Messages, """{"model":"m","tools":[{"type":"web_search_20250305","name":"web_search"}],"tool_choice":{"type":"tool","name":"web_search"}}""")]
    public async Task A_request_that_insists_on_what_is_denied_is_refused_in_its_wires_shape(string path, string asked)
    {
        await using var gateway = await Offering.StartAsync(Policies);

        using var answer = await gateway.PostAsync(path, asked);
        var body = await answer.Content.ReadAsStringAsync(Cancellation);

        ((int)answer.StatusCode).ShouldBe(403);
        answer.Headers.GetValues("x-should-retry").ShouldBe(["false"]);
        body.ShouldContain("which the provider would run. Refused by policy.");
        body.ShouldContain(path == Messages ? "\"type\":\"error\"" : "\"code\":\"tool_not_allowed\"");
        gateway.Upstream.Seen.ShouldBeEmpty();
        var call = await gateway.Ledger.NextAsync(Cancellation);
        (call.Closing!.Outcome, call.Closing.ErrorClass).ShouldBe((CallOutcome.Refused, "tool_not_allowed"));
    }

    [Theory]
    [InlineData("""{"model":"m","tools":[{"type":"function","type":"web_search","function":{"name":"x"}}]}""")]
    [InlineData("""{"model":"m","tools":[{"type":"function","t\u0079pe":"web_search","function":{"name":"x"}}]}""")]
    [InlineData("""{"model":"m","tools":{"type":"web_search"}}""")]
    [InlineData("""{"model":"m","tools":["web_search"]}""")]
    public async Task Tools_that_two_readers_could_read_in_two_ways_are_refused(string asked)
    {
        await using var gateway = await Offering.StartAsync(Policies);

        using var answer = await gateway.PostAsync(Chat, asked);

        ((int)answer.StatusCode).ShouldBe(400);
        gateway.Upstream.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_soft_rule_denies_is_not_offered_until_whoever_asks_overrides_it()
    {
        await using var gateway = await Offering.StartAsync(Policies.Replace("enforcement: enforce", "enforcement: soft", StringComparison.Ordinal));
        const string Asked = """{"model":"m","tools":[{"type":"web_search"}]}""";

        (await gateway.SentAsync(Responses, Asked)).ShouldBe("""{"model":"m"}""");
        gateway.Approvals.Decide(gateway.Approvals.All.ShouldHaveSingleItem().Id, approve: true);

        (await gateway.SentAsync(Responses, Asked)).ShouldBe(Asked);
        (await gateway.SentAsync(Responses, Asked)).ShouldBe("""{"model":"m"}""");
    }

    [Theory]
    [InlineData("shadow")]
    [InlineData("warn")]
    public async Task What_is_not_enforced_changes_nothing(string enforcement)
    {
        await using var gateway = await Offering.StartAsync(Policies.Replace("enforcement: enforce", "enforcement: " + enforcement, StringComparison.Ordinal));
        const string Asked = """{"model":"m","tools":[{"type":"web_search"},{"type":"function","name":"bash"},{"type":"x","type":"y"}],"tool_choice":{"type":"web_search"}}""";

        (await gateway.SentAsync(Responses, Asked)).ShouldBe(Asked);
    }

    [Theory]
    [InlineData("kit/delete_it", true)]
    [InlineData("kat/delete_it", false)]
    public async Task A_server_that_may_do_what_is_contained_is_not_offered(string tool, bool isTakenOut)
    {
        await using var gateway = await Offering.StartAsync(Policies.Replace("enforcement: enforce", "enforcement: shadow", StringComparison.Ordinal));
        gateway.Containments.Contain(new() { Tool = tool });
        const string Asked = """{"model":"m","tools":[{"type":"mcp","server_label":"kit","server_url":"https://kit.corp.example"}]}""";

        (await gateway.SentAsync(Responses, Asked)).ShouldBe(isTakenOut ? """{"model":"m"}""" : Asked);
    }

    [Fact]
    public async Task The_ledger_keeps_the_hash_of_the_tools_that_the_client_sent()
    {
        await using var gateway = await Offering.StartAsync(Policies);
        const string Tools = """[{"type":"web_search"}]""";

        await gateway.SentAsync(Chat, $$"""{"model":"m","tools":{{Tools}}}""");
        var hidden = await gateway.Ledger.NextAsync(Cancellation);
        await gateway.SentAsync(Messages, $$"""{"model":"m","tools":{{Tools}}}""");

        (await gateway.Ledger.NextAsync(Cancellation)).Opening.ToolsHash.ShouldBe(hidden.Opening.ToolsHash.ShouldNotBeNull());
    }

    [Fact]
    public async Task Tokens_are_counted_of_the_request_as_it_is()
    {
        await using var gateway = await Offering.StartAsync(Policies);
        const string Asked = """{"model":"m","tools":[{"type":"web_search_20250305","name":"web_search"}]}""";

        (await gateway.SentAsync("/v1/messages/count_tokens", Asked)).ShouldBe(Asked);
    }

    [Fact]
    public async Task The_model_and_the_wish_for_usage_are_changed_beside_what_is_taken_out()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new()
        {
            Snapshot = address => Snapshots.Of([Snapshots.Provider("main", address)], [new() { Name = "m", Provider = "main", UpstreamModel = "upstream" }]).Under(Policies),
        });

        (await gateway.SentAsync(Chat, """{"tools":[{"type":"web_search"}],"model":"m","stream":true,"web_search_options":{}}"""))
            .ShouldBe("""{"model":"upstream","stream":true,"stream_options":{"include_usage":true}}""");
    }

    [Theory]
    [InlineData(Responses, """{"type":"web_search"}""", """{"type":"web_search_call","id":"ws","status":"completed","action":{"type":"search","query":"zebra"}}""")]
    [InlineData(Responses, """{"type":"mcp","server_label":"kit","server_url":"https://kit.example","allowed_tools":["read"]}""", """{"type":"mcp_call","id":"x","server_label":"kit","name":"delete_it","arguments":"{\"q\":\"zebra\"}"}""")]
    [InlineData(Messages, """{"type":"tool_search_tool_regex_20251119","name":"tool_search_tool_regex"}""", """{"type":"server_tool_use","id":"srv","name":"tool_search_tool_regex","input":{"pattern":"zebra"}}""")]
    [InlineData(Messages, """{"type":"code_execution_20250825","name":"code_execution"}""", """{"type":"server_tool_use","id":"srv","name":"bash_code_execution","input":{"command":"zebra"}}""")]
    public async Task What_a_provider_says_it_has_run_passes_when_it_was_offered_and_is_judged_when_it_was_not(string path, string offer, string item)
    {
        await using var gateway = await Offering.StartAsync("""
            {apiVersion: paddock/v1alpha1, kind: Release, metadata: {name: r, owner: tests}, spec: {defaults: {tools: {default: allow, other: deny}}}}
            ---
            {apiVersion: paddock/v1alpha1, kind: PolicyBinding, metadata: {name: p, owner: tests}, spec: {policy: p, enforcement: enforce}}
            ---
            apiVersion: paddock/v1alpha1
            kind: Policy
            metadata: {name: p, owner: tests}
            spec: {rules: [{id: delete, match: {mcp: {tools: ["delete_*"]}}, effect: deny, tests: [{match: {call.class: mcp, mcp.tool: delete_x}}]}]}
            """);
        var answered = path == Responses ? $$"""{"id":"r","model":"m","status":"completed","output":[{{item}}]}""" : $$"""{"id":"m","model":"m","content":[{{item}}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1} }""";

        (await gateway.AskAsync(path, $$"""{"model":"m","tools":[{{offer}}]}""", answered)).ShouldBe(answered);
        gateway.Decisions.All.ShouldHaveSingleItem().Step.ShouldBe(TaskStep.None); // an offer has done nothing yet
        (await gateway.AskAsync(path, """{"model":"m"}""", answered)).ShouldNotContain("zebra");
    }
}
