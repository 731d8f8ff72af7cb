using System.Net;
using System.Text.Json;
using Paddock.Agents.RooCode.Tasks;
using Paddock.Agents.Tests.RooCode.Settings;
using Paddock.Core.Ledger;
using Paddock.Core.Tasks;

namespace Paddock.Agents.Tests.RooCode.Tasks;

/// <summary>Each event that the client has, as it comes over the wire, and what is kept of it.</summary>
public sealed class RooEventTypesTests
{
    private static readonly string[] plain =
    [
        "Task Created", "Task Reopened", "Task Completed", "Tool Used", "Mode Switched", "Checkpoint Created", "Checkpoint Restored", "Checkpoint Diffed", "Diff Application Error", "Shell Integration Error",
        "Consecutive Mistake Error", "Context Condensed", "Sliding Window Truncation", "Mode Setting Changed", "Custom Mode Created", "Tab Shown", "Code Action Used", "Prompt Enhanced", "Title Button Clicked",
        "Authentication Initiated", "Marketplace Item Installed", "Marketplace Item Removed", "Share Button Clicked", "Account Connect Success", "Featured Provider Clicked", "Upsell Dismissed",
        "Schema Validation Error", "Code Index Error", "Model Cache Empty Response", "Read File Legacy Format Used",
    ];

    /// <summary>Type, properties of its own, and what of them is kept.</summary>
    public static TheoryData<string, string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (var type in plain)
            {
                rows.Add(type, "", "{}");
            }

            rows.Add("LLM Completion", ""","inputTokens":1200,"outputTokens":34,"cacheReadTokens":1000,"cost":0.0123""", """{"inputTokens":1200,"outputTokens":34,"cacheReadTokens":1000,"cost":0.0123}""");
            rows.Add("Telemetry Settings Changed", ""","previousSetting":"unset","newSetting":"disabled" """, """{"previousSetting":"unset","newSetting":"disabled"}""");
            rows.Add("Task Message", ""","message":{"ts":1761000000000,"type":"say","say":"text","text":"hello","partial":false}""", "{}");
            return rows;
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public async Task Each_is_kept_once_with_its_task_and_what_it_says(string type, string own, string kept)
    {
        await using var cloud = await RooCloud.StartAsync();

        (await cloud.SendAsync(cloud.Key(), SentEvents.Of(type, own + ""","parentTaskId":"019a209e-0000-7bf1-bb1a-ec7c0feb806a","hostname":"geheim-laptop" """))).Status.ShouldBe(HttpStatusCode.OK);

        var one = cloud.Events.All.ShouldHaveSingleItem();
        var ada = cloud.Identities.Current.Principals.Single().Id.Value;
        (one.Type, one.Agent, one.Principal, one.Mode, one.At, one.Retried).ShouldBe((type, "roo-code", ada, "code", cloud.Time.GetUtcNow(), false));
        (one.NativeTask, one.ParentTask, one.Task).ShouldBe((SentEvents.TaskId, "019a209e-0000-7bf1-bb1a-ec7c0feb806a", TaskKey.Compute(ada, "roo-code", SentEvents.TaskId)));
        RooEventSchema.IsKnown(type).ShouldBeTrue();
        ShouldSay(one.Facts, $$"""{"appName":"roo-cline","todos":{"total":3,"completed":1,"inProgress":1,"pending":1},"isSubtask":false,"repositoryUrl":"https://git.example/acme/shop.git"}""");
        ShouldSay(one.Facts, kept);
        JsonSerializer.Serialize(one).ShouldNotContain("geheim"); // neither the machine's name nor what stood in the address
    }

    [Fact]
    public async Task Of_a_message_its_kind_time_and_size_are_kept_and_nothing_that_it_says()
    {
        await using var cloud = await RooCloud.StartAsync();
        const string secret = ""","text":"{\"tool\":\"appliedDiff\",\"diff\":\"geheim \ud83d\ude00 \u00fc \ud83d\"}","images":["data:geheim"],"reasoning":"geheim","partial":true,"checkpoint":{"to":"geheim"},"isProtected":true,"later":"geheim" """;

        (await cloud.SendAsync(cloud.Key(), SentEvents.Message(1761000000123, "ask", "tool", secret))).Status.ShouldBe(HttpStatusCode.OK);

        var one = cloud.Events.All.ShouldHaveSingleItem();
        one.Message.ShouldBe(new AgentMessage(1761000000123, "ask", "tool", Partial: true, TextLength: """{"tool":"appliedDiff","diff":"geheim """.Length + 2 + 3 + 1 + 2)); // the smiley is two units, half of one is one
        JsonSerializer.Serialize(one).ShouldNotContain("geheim");
    }

    [Theory]
    [InlineData("A Type Of Tomorrow")]
    [InlineData("Conversation Message")]
    public async Task A_type_that_is_not_known_is_kept_under_its_name_without_what_is_not_known_of_it(string type)
    {
        await using var cloud = await RooCloud.StartAsync();

        (await cloud.SendAsync(cloud.Key(), SentEvents.Of(type, ""","message":"geheim","inputTokens":"geheim","hostname":"geheim","more":{"deep":["geheim"]}"""))).Status.ShouldBe(HttpStatusCode.OK);

        var one = cloud.Events.All.ShouldHaveSingleItem();
        (one.Type, one.Message).ShouldBe((type, null));
        JsonSerializer.Serialize(one).ShouldNotContain("geheim");
    }

    [Fact]
    public async Task An_event_of_no_task_and_one_that_says_next_to_nothing_are_kept()
    {
        await using var cloud = await RooCloud.StartAsync();

        (await cloud.SendAsync(cloud.Key(), SentEvents.Of("Tab Shown", task: null))).Status.ShouldBe(HttpStatusCode.OK);
        (await cloud.SendAsync(cloud.Key(), """{"type":"Tab Shown","properties":{"taskId":null,"modelId":null}}""")).Status.ShouldBe(HttpStatusCode.OK);

        cloud.Events.All.Select(static one => one.Task).ShouldBe([null, null]);
    }

    [Theory]
    [InlineData("""{"type":"Tool Used"}""", "properties")]
    [InlineData("""{"type":"Tool Used","properties":[]}""", "properties")]
    [InlineData("""{"properties":{}}""", "type")]
    [InlineData("""{"type":7,"properties":{}}""", "type")]
    [InlineData("""{"type":"","properties":{}}""", "type")]
    [InlineData("""{"type":"a\u0000b","properties":{}}""", "type")]
    [InlineData("""{"type":"Tool Used","properties":{"taskId":7}}""", "properties.taskId")]
    [InlineData("""{"type":"Tool Used","properties":{"mode":{}}}""", "properties.mode")]
    [InlineData("""{"type":"Tool Used","properties":{"appVersion":3.52}}""", "properties.appVersion")]
    [InlineData("""{"type":"Tool Used","properties":{"isSubtask":"no"}}""", "properties.isSubtask")]
    [InlineData("""{"type":"Tool Used","properties":{"todos":[]}}""", "properties.todos")]
    [InlineData("""{"type":"Tool Used","properties":{"todos":{"total":"3"}}}""", "properties.todos.total")]
    [InlineData("""{"type":"LLM Completion","properties":{"inputTokens":1}}""", "properties.outputTokens")]
    [InlineData("""{"type":"LLM Completion","properties":{"inputTokens":1,"outputTokens":1e999}}""", "properties.outputTokens")]
    [InlineData("""{"type":"LLM Completion","properties":{"inputTokens":1,"outputTokens":2,"cost":"0"}}""", "properties.cost")]
    [InlineData("""{"type":"Telemetry Settings Changed","properties":{"newSetting":"enabled"}}""", "properties.previousSetting")]
    [InlineData("""{"type":"Task Message","properties":{}}""", "properties.message")]
    [InlineData("""{"type":"Task Message","properties":{"message":"hello"}}""", "properties.message")]
    [InlineData("""{"type":"Task Message","properties":{"message":{"type":"say"}}}""", "properties.message.ts")]
    [InlineData("""{"type":"Task Message","properties":{"message":{"ts":1.5,"type":"say"}}}""", "properties.message.ts")]
    [InlineData("""{"type":"Task Message","properties":{"message":{"ts":1,"type":"shout"}}}""", "properties.message.type")]
    [InlineData("""{"type":"Task Message","properties":{"message":{"ts":1,"type":"say","text":["geheim"]}}}""", "properties.message.text")]
    [InlineData("""{"type":"Task Message","properties":{"message":{"ts":1,"type":"say","images":"geheim"}}}""", "properties.message.images")]
    public async Task A_known_member_of_another_type_is_named_and_nothing_is_kept(string body, string member)
    {
        await using var cloud = await RooCloud.StartAsync();

        var (status, _, answer) = await cloud.SendAsync(cloud.Key(), body);

        status.ShouldBe(HttpStatusCode.BadRequest);
        using var json = JsonDocument.Parse(answer);
        json.RootElement.GetProperty("error").GetProperty("message").GetString()!.ShouldStartWith(member + " "); // the wire has it
        answer.ShouldNotContain("geheim");
        cloud.Events.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""[{"type":"Tool Used","properties":{}}]""")]
    [InlineData("""{"type":"Tool Used","properties":{}}{"type":"Tool Used","properties":{}}""")]
    [InlineData("""{"type":"Tool Used","type":"Task Created","properties":{}}""")]
    [InlineData("""{"type":"Tool Used","properties":{"taskId":"a","taskId":"b"}}""")]
    [InlineData("""{"type":"Tool Used","properties":{"taskId":"\ud800"}}""")]
    [InlineData("""{"type":"Tool Used","properties":{}""")]
    public async Task What_is_not_one_event_in_JSON_is_a_400_in_JSON(string body)
    {
        await using var cloud = await RooCloud.StartAsync();

        var (status, _, answer) = await cloud.SendAsync(cloud.Key(), body);

        status.ShouldBe(HttpStatusCode.BadRequest);
        JsonDocument.Parse(answer).Dispose();
        cloud.Events.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_types_name_may_have_a_hundred_characters()
    {
        await using var cloud = await RooCloud.StartAsync();

        (await cloud.SendAsync(cloud.Key(), SentEvents.Of(new('x', 100)))).Status.ShouldBe(HttpStatusCode.OK);
        (await cloud.SendAsync(cloud.Key(), SentEvents.Of(new('x', 101)))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    /// <summary>Each member of the expected object is one of the facts, and the same there.</summary>
    private static void ShouldSay(string facts, string expected)
    {
        using var said = JsonDocument.Parse(facts);
        using var wanted = JsonDocument.Parse(expected);
        foreach (var member in wanted.RootElement.EnumerateObject())
        {
            JsonElement.DeepEquals(said.RootElement.GetProperty(member.Name), member.Value).ShouldBeTrue($"{member.Name} in {facts}");
        }
    }
}
