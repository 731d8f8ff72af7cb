using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Paddock.Control.Access;
using Paddock.Core.Approvals;
using Paddock.Core.Identity;
using Paddock.Core.Policies;
using Paddock.Testing;

namespace Paddock.Control.Tests.Access;

/// <summary>
/// AuthZEN's Authorization API 1.0, by the cases of its specification and its certification: alice may call <c>read</c> and <c>write</c>,
/// bob may call <c>read</c> alone, <c>push</c> waits for an approval.
/// </summary>
public sealed class AccessTests : IAsyncLifetime
{
    private const string Alice = "\"subject\":{\"type\":\"identity\",\"id\":\"alice\"}";
    private const string Bob = "\"subject\":{\"type\":\"user\",\"id\":\"bob\"}";
    private const string Call = "\"action\":{\"name\":\"tools/call\"}";

    private static readonly ApprovalId approval = ApprovalId.Create(Guid.Empty);

    private readonly Pepper pepper = new(new byte[32]);
    private readonly Rules rules = new();
    private TestIdentities identities = null!; // set before each test
    private WebApplication app = null!; // set before each test
    private HttpClient http = null!; // set before each test

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        identities = new(pepper);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<IIdentities>(identities).AddSingleton(new KeyAuthenticator(identities, pepper)).AddSingleton<IDecisionPoint>(rules);
        builder.Services.AddSingleton<EvaluateAccess>().AddSingleton<AccessDoor>();
        app = builder.Build();
        app.MapAccess();
        await app.StartAsync(Cancellation);
        http = new() { BaseAddress = new(app.Urls.First()) };
        identities.AddKey(new(), "alice");
        identities.AddKey(new(), "bob");
        http.DefaultRequestHeaders.Authorization = new("Bearer", identities.AddKey(new() { Tools = true, Control = ControlRoles.Delegate }, "mcp-gateway").Token);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }

    [Theory]
    [InlineData(Alice, "read", true)]
    [InlineData(Alice, "write", true)]
    [InlineData(Bob, "read", true)]
    [InlineData(Bob, "write", false)]
    public async Task A_question_is_answered_by_the_rules(string subject, string tool, bool expected)
    {
        var (status, answer) = await AskAsync("evaluation", $"{{{subject},{Call},{Resource(tool)}}}");

        status.ShouldBe(HttpStatusCode.OK);
        answer.GetProperty("decision").GetBoolean().ShouldBe(expected);
    }

    [Fact]
    public async Task Unknown_members_and_properties_change_nothing()
    {
        var (status, answer) = await AskAsync("evaluation", $$$"""{"subject":{"type":"user","id":"alice","properties":{"department":"Sales"}},{{{Call}}},{{{Resource("read")}}},"foo":"bar","context":{"time":"2025-06-27T18:03-07:00"}}""");

        status.ShouldBe(HttpStatusCode.OK);
        answer.GetProperty("decision").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_said_of_the_call_reaches_the_decision()
    {
        await AskAsync("evaluation", $$$"""
            {{{{Alice}}},"action":{"name":"tools/call","properties":{"arguments":{"a":1} } },"resource":{"type":"tool","id":"read","properties":{"server":"files"} },
             "context":{"agent":"codex","session":"s1","call_id":"call_1","mode":"code","repository":"payments/api","working_directory":"/w","model":"m"}}
            """);

        var call = rules.Asked.ShouldHaveSingleItem();
        (call.Caller.Principal.Name, call.Task.Agent, call.Task.NativeTask, call.CallId, call.Task.Mode, call.Task.Repository, call.WorkingDirectory, call.Model, call.Holds)
            .ShouldBe(("alice", "codex", "s1", "call_1", "code", "payments/api", "/w", "m", false));
        (call.Tool, call.Mcp!.Server, Encoding.UTF8.GetString(call.Arguments.Span)).ShouldBe(("read", "files", """{"a":1}""")); // the server was said
    }

    [Fact]
    public async Task A_needed_approval_is_a_denial_at_once_that_says_where_it_is_decided()
    {
        var (_, answer) = await AskAsync("evaluation", $"{{{Alice},{Call},{Resource("push")}}}");

        answer.GetProperty("decision").GetBoolean().ShouldBeFalse();
        var context = answer.GetProperty("context");
        context.GetProperty("reason").GetString().ShouldBe("approval_required");
        context.GetProperty("evaluation_id").GetString().ShouldBe("dec_1");
        var request = context.GetProperty("access_request");
        request.GetProperty("approval").GetString().ShouldBe(approval.ToString());
        request.GetProperty("expires_at").GetDateTimeOffset().ShouldBe(DateTimeOffset.UnixEpoch);
        request.GetProperty("form_url").GetString().ShouldBe("https://paddock.example/approvals/x");
    }

    [Fact]
    public async Task A_denial_tells_the_user_the_rules_words_and_the_operator_its_name()
    {
        var (_, answer) = await AskAsync("evaluation", $"{{{Bob},{Call},{Resource("write")}}}");

        var context = answer.GetProperty("context");
        context.GetProperty("reason_user").GetProperty("en").GetString().ShouldBe("Refused by policy.");
        context.GetProperty("reason_admin").GetProperty("en").GetString().ShouldBe("files/write of release sha256:1");
        context.GetProperty("obligations")[0].GetRawText().ShouldBe("""{"acr_value":"loa3","type":"step-up","id":"obl-1"}""");
    }

    [Theory]
    [InlineData("""{"action":{"name":"tools/call"},"resource":{"type":"tool","id":"read"}}""", "subject is missing.")]
    [InlineData("""{"subject":{"type":"user","id":"alice"},"resource":{"type":"tool","id":"read"}}""", "action is missing.")]
    [InlineData("""{"subject":{"type":"user","id":"alice"},"action":{"name":"tools/call"}}""", "resource is missing.")]
    [InlineData("""{"subject":{"id":"alice"},"action":{"name":"tools/call"},"resource":{"type":"tool","id":"read"}}""", "subject.type is missing.")]
    [InlineData("""{"subject":{"type":"user"},"action":{"name":"tools/call"},"resource":{"type":"tool","id":"read"}}""", "subject.id is missing.")]
    [InlineData("""{"subject":{"type":"user","id":"alice"},"action":{},"resource":{"type":"tool","id":"read"}}""", "action.name is missing.")]
    [InlineData("""{"subject":{"type":"user","id":"alice"},"action":{"name":"tools/call"},"resource":{"id":"read"}}""", "resource.type is missing.")]
    [InlineData("""{"subject":{"type":"user","id":"alice"},"action":{"name":"tools/call"},"resource":{"type":"tool"}}""", "resource.id is missing.")]
    [InlineData("""{"subject":"alice","action":{"name":"tools/call"},"resource":{"type":"tool","id":"read"}}""", "subject is no object.")]
    [InlineData("""{"subject":{"type":"user","id":"alice"},"action":{"name":123},"resource":{"type":"tool","id":"read"}}""", "action.name is no text.")]
    [InlineData("", "The body is no JSON, names a member twice, or has half of a surrogate pair.")]
    [InlineData("{", "The body is no JSON, names a member twice, or has half of a surrogate pair.")]
    [InlineData("""{"subject":{"type":"user","id":"\ud800"}}""", "The body is no JSON, names a member twice, or has half of a surrogate pair.")]
    [InlineData("""{"context":{"x":[{"\udc00":1}]}}""", "The body is no JSON, names a member twice, or has half of a surrogate pair.")]
    [InlineData("""{"subject":{"type":"user","id":"alice"},"subject":{"type":"user","id":"bob"}}""", "The body is no JSON, names a member twice, or has half of a surrogate pair.")]
    [InlineData("[]", "The body is no JSON object.")]
    public async Task A_question_that_is_not_whole_is_a_bad_request_that_says_why(string body, string message)
    {
        using var answer = await SendAsync("evaluation", body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBe(message);
        rules.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_content_type_than_json_is_a_bad_request()
    {
        using var content = new StringContent($"{{{Alice},{Call},{Resource("read")}}}", Encoding.UTF8, "text/plain");
        using var answer = await http.PostAsync("/access/v1/evaluation", content, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("{\"name\":\"initialize\"}", "\"resource\":{\"type\":\"tool\",\"id\":\"read\"}")]
    [InlineData("{\"name\":\"tools/call\"}", "\"resource\":{\"type\":\"record\",\"id\":\"read\"}")]
    public async Task What_is_no_call_of_a_tool_is_not_permitted(string action, string resource)
    {
        var (status, answer) = await AskAsync("evaluation", $"{{{Alice},\"action\":{action},{resource}}}");

        status.ShouldBe(HttpStatusCode.OK);
        answer.GetProperty("decision").GetBoolean().ShouldBeFalse();
        rules.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_id_is_echoed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/access/v1/evaluation") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Request-ID", "bfe9eb29");
        using var answer = await http.SendAsync(request, Cancellation);

        answer.Headers.GetValues("X-Request-ID").ShouldBe(["bfe9eb29"]);
    }

    [Fact]
    public async Task Only_a_good_key_with_the_tools_scope_asks()
    {
        http.DefaultRequestHeaders.Authorization = null;
        (await AskAsync("evaluation", "{}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        http.DefaultRequestHeaders.Authorization = new("Bearer", identities.AddKey(new() { Models = true }, "alice").Token);
        (await AskAsync("evaluation", "{}")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("alice", true)]
    [InlineData("bob", false)]
    [InlineData("nobody", false)]
    public async Task A_key_asks_for_its_owner_alone(string subject, bool expected)
    {
        http.DefaultRequestHeaders.Authorization = new("Bearer", identities.AddKey(new() { Tools = true }, "alice").Token);

        var (_, answer) = await AskAsync("evaluation", $$"""{"subject":{"type":"identity","id":"{{subject}}"},{{Call}},{{Resource("read")}}}""");

        answer.GetProperty("decision").GetBoolean().ShouldBe(expected);
        rules.Asked.Count.ShouldBe(expected ? 1 : 0);
    }

    [Theory]
    [InlineData("execute_all", "write,read,push,write", "false,true,false,false")]
    [InlineData("deny_on_first_deny", "read,write,read", "true,false")]
    [InlineData("permit_on_first_permit", "write,read,write", "false,true")]
    [InlineData(null, "read,write", "true,false")]
    public async Task Several_questions_are_gone_through_as_is_asked_for(string? semantic, string tools, string expected)
    {
        var options = semantic is null ? "" : $$""","options":{"evaluations_semantic":"{{semantic}}"}""";
        var items = string.Join(',', tools.Split(',').Select(tool => $"{{{Resource(tool)}}}"));

        var (status, answer) = await AskAsync("evaluations", $"{{{Bob},{Call},\"evaluations\":[{items}]{options}}}");

        status.ShouldBe(HttpStatusCode.OK);
        Decisions(answer).ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"action":{"name":"tools/call"},"resource":{"type":"tool"},"evaluations":[{"subject":{"type":"user","id":"bob"},"resource":{"id":"read"}},{"subject":{"type":"user","id":"bob"},"resource":{"type":"tool","id":"write"}}]}""", "true,false")]
    [InlineData("""{"subject":{"type":"user","id":"alice"},"action":{"name":"tools/call"},"resource":{"type":"tool","id":"write"},"evaluations":[{},{"subject":{"type":"user","id":"bob"}}]}""", "true,false")]
    [InlineData("""{"subject":{"type":"user","id":"alice"},"action":{"name":"tools/call"},"evaluations":[{"resource":{"type":"tool","id":"read"}},{}]}""", "true,false")]
    public async Task What_stands_beside_the_questions_holds_for_those_that_do_not_say(string body, string expected)
    {
        var (status, answer) = await AskAsync("evaluations", body);

        status.ShouldBe(HttpStatusCode.OK);
        Decisions(answer).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"evaluations\":[]")]
    public async Task Without_a_list_the_one_question_is_answered_as_such(string list)
    {
        var (_, answer) = await AskAsync("evaluations", $"{{{Alice},{Call},{Resource("read")}{list}}}");

        answer.GetProperty("decision").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData(",\"evaluations\":{}")]
    [InlineData(",\"evaluations\":[{}],\"options\":{\"evaluations_semantic\":\"any\"}")]
    public async Task A_list_that_cannot_be_gone_through_is_a_bad_request(string rest) =>
        (await AskAsync("evaluations", $"{{{Alice},{Call}{rest}}}")).Status.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task The_endpoints_are_found_without_a_key()
    {
        http.DefaultRequestHeaders.Authorization = null;
        using var found = JsonDocument.Parse(await http.GetStringAsync("/.well-known/authzen-configuration", Cancellation));

        found.RootElement.GetProperty("policy_decision_point").GetString().ShouldBe(http.BaseAddress!.ToString().TrimEnd('/')); // it has one
        found.RootElement.GetProperty("access_evaluation_endpoint").GetString().ShouldBe(new Uri(http.BaseAddress, "/access/v1/evaluation").ToString());
        found.RootElement.GetProperty("access_evaluations_endpoint").GetString().ShouldBe(new Uri(http.BaseAddress, "/access/v1/evaluations").ToString());
    }

    private static string Resource(string tool) => $$"""
        "resource":{"type":"tool","id":"{{tool}}"}
        """;

    private static string Decisions(JsonElement answer) => string.Join(',', answer.GetProperty("evaluations").EnumerateArray().Select(one => one.GetProperty("decision").GetBoolean() ? "true" : "false"));

    private Task<HttpResponseMessage> SendAsync(string endpoint, string body) => http.PostAsync($"/access/v1/{endpoint}", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);

    private async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(string endpoint, string body)
    {
        using var answer = await SendAsync(endpoint, body);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        return (answer.StatusCode, answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement.Clone() : default);
    }

    private sealed class Rules : IDecisionPoint
    {
        public List<OutsideCall> Asked { get; } = [];

        public Task<OutsideDecision> DecideAsync(OutsideCall call, CancellationToken cancellationToken)
        {
            Asked.Add(call);
            OutsideDecision told = (call.Caller.Principal.Name, call.Tool) switch
            {
                (_, "push") => new OutsideDecision.Waiting("Waiting for an approval.", approval, DateTimeOffset.UnixEpoch, "https://paddock.example/approvals/x"),
                (_, "read") or ("alice", "write") => new OutsideDecision.Allowed(),
                _ => new OutsideDecision.Denied("Refused by policy.") { Rule = "files/write", Obligations = [new("step_up", [new("acr_value", "loa3")])] },
            };
            return Task.FromResult(told with { Id = $"dec_{Asked.Count}", Release = "sha256:1" });
        }
    }
}
