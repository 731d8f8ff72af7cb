using System.Net;
using System.Text;
using System.Text.Json;

namespace Paddock.Agents.Tests.RooCode.Settings;

/// <summary>Sharing a task, and what the client does when it is not found: it sends all of the task and asks once more.</summary>
public sealed class RooSharingTests
{
    private const string Share = "/roo/api/extension/share", Backfill = "/roo/api/events/backfill";

    [Theory]
    [InlineData(null, "organization", "sharing is not enabled")]
    [InlineData("visitors", "organization", "sharing is not enabled")]
    [InlineData("visitors", "public", "sharing is not enabled")]
    [InlineData("developers", "public", "sharing is not enabled")]
    public async Task Where_the_team_does_not_share_the_client_is_told_in_words_it_knows(string? team, string visibility, string says)
    {
        await using var cloud = await RooCloud.StartAsync();

        var (status, _, body) = await AskAsync(cloud, cloud.Key(team: team), visibility);

        status.ShouldBe(HttpStatusCode.OK);
        body.ShouldBe(RooSchemas.Share);
        using var json = JsonDocument.Parse(body);
        (json.RootElement.GetProperty("success").GetBoolean(), json.RootElement.GetProperty("error").GetString()!.Contains(says, StringComparison.Ordinal)).ShouldBe((false, true)); // the schema has it
    }

    [Theory]
    [InlineData("organization")]
    [InlineData("public")]
    public async Task Where_it_shares_with_everybody_either_way_finds_no_task_twice(string visibility)
    {
        await using var cloud = await RooCloud.StartAsync(TeamDocuments.SharingInPublic);
        var key = cloud.Key();

        for (var times = 0; times < 2; times++)
        {
            var (status, type, body) = await AskAsync(cloud, key, visibility);

            (status, type).ShouldBe((HttpStatusCode.NotFound, "application/json"));
            body.ShouldBe(RooSchemas.Share);
            body.ShouldContain("not found");
        }
    }

    [Fact]
    public async Task Where_it_does_share_the_clients_second_try_ends_as_the_first_and_nothing_is_kept()
    {
        await using var cloud = await RooCloud.StartAsync();
        var key = cloud.Key();

        var first = await AskAsync(cloud, key, "organization");
        var sent = await SendTaskAsync(cloud, key, 200_000);
        var second = await AskAsync(cloud, key, "organization");

        (first.Status, sent.Status, second.Status).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.NotFound));
        second.Body.ShouldBe(first.Body);
        second.Body.ShouldBe(RooSchemas.Share);
        second.Body.ShouldContain("not found");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"taskId":"t"}""")]
    [InlineData("""{"taskId":"","visibility":"public"}""")]
    [InlineData("""{"taskId":"t","visibility":"everybody"}""")]
    public async Task A_question_of_another_shape_is_a_400(string body)
    {
        await using var cloud = await RooCloud.StartAsync();

        (await cloud.CallAsync(HttpMethod.Post, Share, cloud.Key(), body)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_task_that_is_too_large_is_refused_and_one_of_another_type_too()
    {
        await using var cloud = await RooCloud.StartAsync();
        var key = cloud.Key();

        (await SendTaskAsync(cloud, key, 33 << 20)).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await cloud.CallAsync(HttpMethod.Post, Backfill, key, "[]")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    private static Task<RooCloud.Answer> AskAsync(RooCloud cloud, string key, string visibility) =>
        cloud.CallAsync(HttpMethod.Post, Share, key, $$"""{"taskId":"019a209e-6456-7bf1-bb1a-ec7c0feb806a","visibility":"{{visibility}}"}""");

    private static Task<RooCloud.Answer> SendTaskAsync(RooCloud cloud, string key, int bytes)
    {
        var messages = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""[{"ts":1,"type":"say","say":"text","text":"{{new string('x', bytes)}}"}]"""));
        messages.Headers.ContentType = new("application/json");
        return cloud.SendAsync(HttpMethod.Post, Backfill, key, "node", new MultipartFormDataContent
        {
            { new StringContent("019a209e-6456-7bf1-bb1a-ec7c0feb806a"), "taskId" },
            { new StringContent("""{"appName":"roo-cline","appVersion":"3.52.1","mode":"code"}"""), "properties" },
            { messages, "file", "task.json" },
        });
    }
}
