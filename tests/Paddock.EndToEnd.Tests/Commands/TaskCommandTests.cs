using System.Net;
using System.Text.Json;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Simulator;

namespace Paddock.EndToEnd.Tests.Commands;

/// <summary>Tasks and the five numbers at a prompt.</summary>
public class TaskCommandTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_is_a_task_that_is_listed_shown_and_accepted_by_its_person_alone()
    {
        using var place = new Installation();
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancelled);
        place.WriteProvider(provider.BaseUrl);
        var (server, url) = await place.ServeAsync(["--release", place.Release]);
        await using var _ = server;
        var key = await place.CreateKeyAsync();
        (await Installation.SendAsync(Installation.Chat(url, key, "sim:text=a,in=100,out=7"))).Status.ShouldBe(HttpStatusCode.OK);

        JsonElement tasks = default;
        await Eventually.IsAsync(async () => (tasks = JsonDocument.Parse((await place.RunAsync(["tasks", "--user", "ada", "--state", "claimed_complete", "--json"])).Printed).RootElement.GetProperty("tasks")).GetArrayLength() == 1, () => "There is no task that is done.", Cancelled);
        var task = tasks[0].GetProperty("id").GetString()!;
        (await place.RunAsync(["tasks"])).Printed.Split('\n')[1].ShouldMatch($"^.*{task} +ada +unknown .* claimed_complete +agent_claim +1 +0 ");
        (await place.RunAsync(["task", "show", task])).Printed.ShouldContain("claimed_complete");
        (await place.RunAsync(["task", "timeline", task])).Printed.ShouldMatch("turn +.* complete");
        var metrics = JsonDocument.Parse((await place.RunAsync(["metrics", "--json", "--window", "24h"])).Printed).RootElement.GetProperty("total").GetProperty("metrics").GetProperty("taskSuccess");
        (metrics.GetProperty("value").GetDouble(), metrics.GetProperty("n").GetInt64()).ShouldBe((1, 1));
        (await place.RunAsync(["metrics"])).Printed.ShouldMatch("task success +too few to tell +1");
        (await place.RunAsync(["metrics", "--by", "agent"])).Printed.ShouldContain("withheld: fewer than 5 people");
        (await place.RunAsync(["metrics", "--by", "colour"])).Errors.ShouldContain("by is none of team, mode");

        (await place.RunAsync(["task", "accept", task])).Errors.ShouldContain("Only people"); // the installation's own key is nobody's
        (await place.RunAsync(["task", "accept", task], new Dictionary<string, string> { ["PADDOCK_KEY"] = key })).Code.ShouldBe(1);
        var own = (await place.RunAsync(["key", "create", "--name", "judges", "--user", "ada", "--control", "viewer"])).Printed;
        (await place.RunAsync(["task", "accept", task, "--reason", "fine"], new Dictionary<string, string> { ["PADDOCK_KEY"] = own })).Printed.ShouldBe($"{task} is accepted.");
        (await place.RunAsync(["task", "show", task])).Printed.ShouldContain("ada: accepted: fine");
    }

    [Fact]
    public async Task Small_groups_are_shown_where_a_setting_says_so()
    {
        using var place = new Installation();
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancelled);
        place.WriteProvider(provider.BaseUrl);
        var (server, url) = await place.ServeAsync(["--release", place.Release], new Dictionary<string, string> { ["PADDOCK_METRICS_MINIMUM_GROUP"] = "1", ["PADDOCK_METRICS_BY_PERSON"] = "true" });
        await using var _ = server;
        var key = await place.CreateKeyAsync();
        (await Installation.SendAsync(Installation.Chat(url, key, "sim:text=a,in=100,out=7"))).Status.ShouldBe(HttpStatusCode.OK);

        await Eventually.IsAsync(async () => (await place.RunAsync(["metrics", "--by", "person"])).Printed.Contains("ada", StringComparison.Ordinal), () => "Nobody is told of.", Cancelled);
        (await place.RunAsync(["metrics", "--by", "agent"])).Printed.ShouldNotContain("withheld");
    }

    [Theory]
    [InlineData("PADDOCK_METRICS_MINIMUM_GROUP", "0", "from 1 to 32")]
    [InlineData("PADDOCK_METRICS_BY_PERSON", "perhaps", "true or false")]
    public async Task A_wrong_setting_is_named_with_a_remedy(string name, string value, string remedy)
    {
        using var place = new Installation();

        var refused = await place.RunAsync(["serve", "--urls", "http://127.0.0.1:0"], new Dictionary<string, string> { [name] = value });

        refused.Code.ShouldBe(2);
        refused.Errors.ShouldContain(name);
        refused.Errors.ShouldContain(remedy);
    }
}
