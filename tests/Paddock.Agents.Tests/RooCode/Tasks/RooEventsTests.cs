using System.IO.Compression;
using System.Net;
using System.Text;
using Paddock.Agents.RooCode.Tasks;
using Paddock.Agents.Tests.RooCode.Settings;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;

namespace Paddock.Agents.Tests.RooCode.Tasks;

/// <summary>Whose events are taken, how many and how large, and what the client's queue is told.</summary>
public sealed class RooEventsTests
{
    private static readonly TimeSpan second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("node", false)]
    [InlineData("node", true)]
    [InlineData("Roo-Code unknown", false)]
    public async Task Each_way_in_which_clients_ask_is_understood(string agent, bool retried)
    {
        await using var cloud = await RooCloud.StartAsync();

        (await cloud.SendAsync(cloud.Token(SessionClient.Extension), Encoding.UTF8.GetBytes(SentEvents.Of("Task Created")), retried: retried, agent: agent)).Status.ShouldBe(HttpStatusCode.OK);

        cloud.Events.All.ShouldHaveSingleItem().Retried.ShouldBe(retried);
    }

    [Fact]
    public async Task Whoever_names_another_ones_task_has_a_task_of_their_own()
    {
        await using var cloud = await RooCloud.StartAsync();
        var (ada, bob) = (cloud.Key(), cloud.Key("bob"));

        await cloud.SendAsync(ada, SentEvents.Of("Task Created"));
        await cloud.SendAsync(bob, SentEvents.Of("Task Created"));

        var ids = cloud.Identities.Current.Principals.OrderBy(static one => one.Name, StringComparer.Ordinal).Select(static one => one.Id.Value).ToArray();
        cloud.Events.All.Select(static one => one.Task).ShouldBe([TaskKey.Compute(ids[0], "roo-code", SentEvents.TaskId), TaskKey.Compute(ids[1], "roo-code", SentEvents.TaskId)]);
        cloud.Events.All.Select(static one => one.Principal).ShouldBe(ids);
    }

    [Fact]
    public async Task What_the_queue_sends_again_is_kept_once_and_noted()
    {
        await using var cloud = await RooCloud.StartAsync();
        var key = cloud.Key();

        foreach (var body in new[] { SentEvents.Of("Tool Used"), SentEvents.Message(1761000000000, "say", "text") })
        {
            await cloud.SendAsync(key, body); // and the answer is lost
            cloud.Time.Advance(TimeSpan.FromMinutes(1));
            (await cloud.RetryAsync(key, body)).Status.ShouldBe(HttpStatusCode.OK);
            cloud.Time.Advance(TimeSpan.FromMinutes(1));
            (await cloud.RetryAsync(key, body)).Status.ShouldBe(HttpStatusCode.OK);
        }

        cloud.Events.All.Select(static one => (one.Type, one.Retried)).ShouldBe([("Tool Used", true), ("Task Message", true)]);
    }

    [Fact]
    public async Task Equal_events_that_were_not_sent_again_are_several_but_a_message_is_one()
    {
        await using var cloud = await RooCloud.StartAsync();
        var key = cloud.Key();

        await cloud.SendAsync(key, SentEvents.Of("Tool Used"));
        await cloud.SendAsync(key, SentEvents.Of("Tool Used"));
        await cloud.SendAsync(key, SentEvents.Message(1761000000000, "say", "text"));
        await cloud.SendAsync(key, SentEvents.Message(1761000000000, "say", "text", ""","text":"longer by now" """));
        await cloud.SendAsync(key, SentEvents.Message(1761000000000, "ask", "followup"));

        cloud.Events.All.Select(static one => one.Message?.What ?? one.Type).ShouldBe(["Tool Used", "Tool Used", "text", "followup"]);
    }

    [Fact]
    public void Spaces_and_the_order_of_members_make_no_other_event()
    {
        var (one, other) = (Read("""{"type":"Tool Used","properties":{"taskId":"t","x":{"b":1,"a":[2,"y"]}}}"""), Read("""{ "properties": {"x":{"a":[2, "y"],"b":1}, "taskId":"t"}, "type":"Tool Used" }"""));

        (one == other, one == Read("""{"type":"Tool Used","properties":{"taskId":"t","x":{"b":1,"a":["y",2]}}}""")).ShouldBe((true, false));

        static string Read(string body) => ((RooEventRead.Event)RooEventReader.Read(Encoding.UTF8.GetBytes(body), "usr_1", retried: false, DateTimeOffset.UnixEpoch)).Value.Identity.Same;
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity")]
    public async Task A_body_may_be_compressed_and_has_a_mebibyte_at_most_when_it_no_longer_is(string coding)
    {
        await using var cloud = await RooCloud.StartAsync();
        var key = cloud.Key();

        (await cloud.SendAsync(key, Coded(Sized(RooEvents.MostBytes), coding), coding)).Status.ShouldBe(HttpStatusCode.OK);
        (await cloud.SendAsync(key, Coded(Sized(RooEvents.MostBytes + 1), coding), coding)).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);

        cloud.Events.All.ShouldHaveSingleItem().Message!.TextLength.ShouldBeGreaterThan(1_000_000); // a message
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_small_body_that_becomes_a_huge_one_is_too_large(string coding)
    {
        await using var cloud = await RooCloud.StartAsync();

        (await cloud.SendAsync(cloud.Key(), Coded(new byte[200 << 20], coding), coding)).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("deflate", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("zstd", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("gzip, br", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("gzip", HttpStatusCode.BadRequest)] // it is not
    [InlineData("br", HttpStatusCode.BadRequest)]
    public async Task Another_coding_or_a_broken_one_is_refused(string coding, HttpStatusCode status)
    {
        await using var cloud = await RooCloud.StartAsync();

        (await cloud.SendAsync(cloud.Key(), Encoding.UTF8.GetBytes(SentEvents.Of("Tool Used")), coding)).Status.ShouldBe(status);
        cloud.Events.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Too_many_events_of_one_person_are_told_how_long_to_wait_and_then_come_in()
    {
        await using var cloud = await RooCloud.StartAsync();
        var key = cloud.Key();
        for (var i = 0; i < RooEvents.Burst; i++)
        {
            (await cloud.SendAsync(key, SentEvents.Of("Tool Used"))).Status.ShouldBe(HttpStatusCode.OK);
        }

        var (status, wait, body) = await cloud.SendAsync(key, SentEvents.Of("Task Created"));

        (status, wait).ShouldBe((HttpStatusCode.TooManyRequests, second));
        body.ShouldContain("rate_limited");
        (await cloud.SendAsync(cloud.Key("bob"), SentEvents.Of("Task Created"))).Status.ShouldBe(HttpStatusCode.OK);
        cloud.Time.Advance(second);
        (await cloud.RetryAsync(key, SentEvents.Of("Task Created"))).Status.ShouldBe(HttpStatusCode.OK);
        cloud.Events.All.Length.ShouldBe(RooEvents.Burst + 2);
    }

    [Fact]
    public async Task An_event_that_cannot_be_kept_is_asked_for_again()
    {
        await using var cloud = await RooCloud.StartAsync();
        var key = cloud.Key();
        cloud.Events.Trouble = static _ => throw new IOException("the disk is full");

        var (status, wait, body) = await cloud.SendAsync(key, SentEvents.Of("Tool Used"));

        (status, wait).ShouldBe((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(30)));
        body.ShouldNotContain("disk");
        cloud.Events.Trouble = null;
        (await cloud.RetryAsync(key, SentEvents.Of("Tool Used"))).Status.ShouldBe(HttpStatusCode.OK);
        cloud.Events.All.ShouldHaveSingleItem().Retried.ShouldBeTrue();
    }

    [Fact]
    public async Task A_database_that_does_not_answer_keeps_no_client_waiting()
    {
        await using var cloud = await RooCloud.StartAsync();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cloud.Events.Trouble = _ =>
        {
            asked.SetResult();
            return new TaskCompletionSource<int>().Task;
        };

        var answer = cloud.SendAsync(cloud.Key(), SentEvents.Of("Tool Used"));
        await asked.Task;
        cloud.Time.Advance(RooEvents.Patience);

        (await answer).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    private static byte[] Sized(int bytes)
    {
        var empty = SentEvents.Message(1, "say", "text", ""","text":"" """).Length;
        return Encoding.UTF8.GetBytes(SentEvents.Message(1, "say", "text", $""","text":"{new string('x', bytes - empty)}" """));
    }

    private static byte[] Coded(byte[] body, string coding)
    {
        using var to = new MemoryStream();
        using (Stream stream = coding switch
        {
            "gzip" => new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(to, CompressionLevel.Fastest, leaveOpen: true),
            _ => new BufferedStream(to),
        })
        {
            stream.Write(body);
            stream.Flush();
            return coding == "identity" ? to.ToArray() : Finished(stream, to);
        }
    }

    private static byte[] Finished(Stream stream, MemoryStream to)
    {
        stream.Dispose();
        return to.ToArray();
    }
}
