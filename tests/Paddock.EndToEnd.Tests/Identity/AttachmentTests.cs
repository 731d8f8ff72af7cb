using System.Diagnostics;
using System.Xml.Linq;
using Paddock.Agents.RooCode.Attachments;
using Paddock.EndToEnd.Tests.Hosting;

namespace Paddock.EndToEnd.Tests.Identity;

/// <summary><c>paddock agents env|doctor|remove</c> on machines of all kinds.</summary>
public sealed class AttachmentTests : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("paddock-desk-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Theory]
    [InlineData("linux", "60-paddock-roo-code.conf")]
    [InlineData("mac", "paddock.roo-code.plist")]
    [InlineData("win", "EnvironmentVariables.xml")]
    public async Task Every_desktop_gets_its_files_and_what_is_common_to_all(string os, string own)
    {
        var folder = Path.Combine(home, os);

        var done = await RunAsync("env", "roo-code", "--os", os, "--server", "https://paddock.example", "--organization", "org_1", "--ca", "/etc/ssl/company.pem", "--dir", folder);

        done.Code.ShouldBe(0, done.Errors);
        (await File.ReadAllTextAsync(Path.Combine(folder, own), Cancellation)).ShouldSatisfyAllConditions(
            text => text.ShouldContain("ROO_CODE_API_URL"), text => text.ShouldContain("https://paddock.example/roo/clerk"), text => text.ShouldContain("https://paddock.example/roo/proxy"),
            text => text.ShouldContain("ROO_SDK_BASE_URL"), text => text.ShouldContain("NODE_EXTRA_CA_CERTS"));
        (await File.ReadAllTextAsync(Path.Combine(folder, "mdm.dev.json"), Cancellation)).ShouldContain("\"organizationId\": \"org_1\"");
        File.Exists(Path.Combine(folder, "devcontainer.json")).ShouldBeTrue();
        File.Exists(Path.Combine(folder, "server-env-setup")).ShouldBeTrue();
    }

    [Fact]
    public void What_is_xml_is_well_formed_and_holds_the_very_values()
    {
        var target = new AttachTarget("roo-code", Desktop.Mac, "https://paddock.example/a&b", null, null);

        XDocument.Parse(RooAttachment.Files(target)[0].Text).Descendants("string").Last().Value.ShouldContain("launchctl setenv ROO_CODE_API_URL 'https://paddock.example/a&b/roo'");
        XDocument.Parse(RooAttachment.Files(target with { Desktop = Desktop.Windows }).Single(file => file.Name.EndsWith(".xml", StringComparison.Ordinal)).Text)
            .Descendants("Properties").First().Attribute("value")?.Value.ShouldBe("https://paddock.example/a&b/roo");
    }

    [Fact]
    public async Task A_shell_reads_the_very_values()
    {
        var target = new AttachTarget("roo-code", Desktop.Linux, "https://paddock.example", null, "/home/a 'b'/$c.pem");
        var script = Path.Combine(home, "setup");
        await File.WriteAllTextAsync(script, RooAttachment.Files(target).Single(file => file.Name == "server-env-setup").Text, Cancellation);
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", ". \"$1\"; printf %s \"$NODE_EXTRA_CA_CERTS\"", "sh", script]) { UseShellExecute = false, RedirectStandardOutput = true }).ShouldNotBeNull();

        (await shell.StandardOutput.ReadToEndAsync(Cancellation)).ShouldBe("/home/a 'b'/$c.pem");
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("ftp://paddock.example")]
    [InlineData("https://paddock.example/\"; rm -rf ~")]
    [InlineData("https://paddock.example/$(id)")]
    public async Task A_server_that_is_none_is_refused(string server) =>
        (await RunAsync("env", "roo-code", "--server", server)).Code.ShouldBe(1);

    [Fact]
    public async Task What_was_written_is_found_by_the_doctor_and_taken_away_again()
    {
        await using var served = await ServedPeople.StartAsync();
        var file = Path.Combine(home, ".config/environment.d/60-paddock-roo-code.conf");
        (await RunAsync("env", "roo-code", "--os", "linux", "--server", served.Url, "--write")).Code.ShouldBe(0);
        var variables = (await File.ReadAllLinesAsync(file, Cancellation)).Where(line => line.Contains('=', StringComparison.Ordinal)).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim('"'));

        var before = await RunAsync("doctor", "roo-code", "--server", served.Url);
        before.Code.ShouldBe(1);
        before.Output.ShouldContain("not set");
        var after = await PaddockProcess.RunAsync(["agents", "doctor", "roo-code", "--server", served.Url], new Dictionary<string, string>(variables) { ["HOME"] = home }, Cancellation);
        after.Code.ShouldBe(0, after.Output);

        var kept = Path.Combine(home, ".vscode-server/server-env-setup");
        Directory.CreateDirectory(Path.GetDirectoryName(kept) ?? "");
        await File.WriteAllTextAsync(kept, "export MINE=1\n", Cancellation);
        var removed = await RunAsync("remove", "roo-code", "--os", "linux");
        removed.Code.ShouldBe(0, removed.Errors);
        removed.Printed.ShouldContain("was not written by paddock and stays");
        (File.Exists(file), File.Exists(kept)).ShouldBe((false, true));
    }

    [Fact]
    public async Task The_doctor_says_what_is_wrong_with_a_server_that_is_away_or_another()
    {
        var away = await RunAsync("doctor", "roo-code", "--server", "http://127.0.0.1:9");
        (away.Code, away.Output.Contains("cannot be reached", StringComparison.Ordinal)).ShouldBe((1, true));
        await using var other = await StrangeProvider.StartAsync();

        (await RunAsync("doctor", "roo-code", "--server", other.Issuer)).Output.ShouldContain("not as Paddock does");
    }

    private Task<CommandResult> RunAsync(params string[] arguments) => PaddockProcess.RunAsync(["agents", .. arguments], new Dictionary<string, string> { ["HOME"] = home }, Cancellation);
}
