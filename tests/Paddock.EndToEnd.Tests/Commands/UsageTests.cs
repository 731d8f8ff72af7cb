using System.Text.Json;
using Paddock.EndToEnd.Tests.Hosting;

namespace Paddock.EndToEnd.Tests.Commands;

public class UsageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "Required command")]
    [InlineData("frob", "frob")]
    [InlineData("serve --unknown", "--unknown")]
    [InlineData("key create --user ada", "--name")]
    [InlineData("ledger list --limit many", "--limit")]
    [InlineData("ledger list --since yesterday", "--since")]
    [InlineData("key create --name a --user b --models gpt-* --exprise 90d", "--exprise")]
    [InlineData("serve --hosts a.example --rlease dir", "--rlease")]
    [InlineData("restore", "file")]
    [InlineData("simulate --urls http://0.0.0.0:1", "loopback")]
    [InlineData("key create --name a --user b --expires 5y", "90d")]
    public async Task Wrong_usage_is_named_with_the_remedy_and_ends_with_two(string arguments, string named)
    {
        using var place = new Installation();

        var refused = await PaddockProcess.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), Home(place), Cancelled);

        refused.Code.ShouldBe(2);
        refused.Output.ShouldBeEmpty();
        refused.Errors.ShouldContain(named);
        refused.Errors.ShouldNotContain("   at ");
        Directory.Exists(place.Data).ShouldBeFalse();
    }

    [Theory]
    [InlineData("status", "no data directory")]
    [InlineData("status --server http://127.0.0.1:1", "PADDOCK_KEY")]
    [InlineData("status --server http://127.0.0.1:1 --key-file /nonexistent", "/nonexistent")]
    [InlineData("release check /nonexistent", "/nonexistent")]
    [InlineData("restore /nonexistent", "/nonexistent")]
    public async Task What_cannot_be_done_is_said_in_one_line_and_ends_with_one(string arguments, string named)
    {
        using var place = new Installation();

        var refused = await PaddockProcess.RunAsync(arguments.Split(' '), Home(place), Cancelled);

        refused.Code.ShouldBe(1);
        refused.Errors.ShouldStartWith("paddock: ");
        refused.Errors.Trim().ShouldNotContain('\n');
        refused.Errors.ShouldContain(named);
    }

    [Fact]
    public async Task Errors_are_json_only_when_asked()
    {
        using var place = new Installation();

        var plain = await PaddockProcess.RunAsync(["status"], Home(place), Cancelled);
        var json = await PaddockProcess.RunAsync(["status", "--json"], Home(place), Cancelled);
        var usage = await PaddockProcess.RunAsync(["status", "--json", "--frob"], Home(place), Cancelled);

        plain.Errors.ShouldStartWith("paddock: There is no data directory");
        JsonDocument.Parse(json.Errors).RootElement.GetProperty("type").GetString().ShouldBe("paddock:local");
        JsonDocument.Parse(usage.Errors).RootElement.GetProperty("type").GetString().ShouldBe("paddock:usage");
    }

    [Fact]
    public async Task A_key_that_can_be_no_header_is_a_message_and_no_trace()
    {
        using var place = new Installation();

        var refused = await PaddockProcess.RunAsync(["status", "--server", "http://127.0.0.1:1"], new Dictionary<string, string>(Home(place)) { ["PADDOCK_KEY"] = "pk_a\nb" }, Cancelled);

        refused.Code.ShouldBe(1);
        refused.Errors.Trim().ShouldBe("paddock: PADDOCK_KEY holds no key; a key is one word that begins with pk_.");
    }

    [Fact]
    public async Task The_version_is_told_by_command_and_option()
    {
        var command = await PaddockProcess.RunAsync(["version"], null, Cancelled);
        var option = await PaddockProcess.RunAsync(["--version"], null, Cancelled);

        command.Printed.ShouldBe(option.Printed);
        command.Printed.ShouldStartWith("0.");
    }

    private static Dictionary<string, string> Home(Installation place) => new() { ["PADDOCK_DATA"] = place.Data };
}
