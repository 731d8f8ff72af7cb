using Paddock.Commands;

namespace Paddock.EndToEnd.Tests.Commands;

/// <summary>Postmortems in files that people have edited.</summary>
public sealed class PostmortemFileTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    [Theory]
    [InlineData("{\"version\": 0,\n\"sumary\": \"a\"}", "there is no field $.sumary, in line 2; the fields there are version, summary, impact, timeline, causes, wentWell, actions,")]
    [InlineData("{\"version\": 0, \"actions\": [{\"text\": \"a\", \"by\": \"ada\"}]}", "there is no field $.actions[0].by, in line 1; the fields there are text, owner, due,")]
    [InlineData("{\"version\": \"one\"}", "what stands at $.version in line 1 is of another kind")]
    [InlineData("{\"version\": 0, \"actions\": [1]}", "what stands at $.actions[0] in line 1 is of another kind")]
    [InlineData("version: 0", "what stands at $ in line 1 is")]
    public async Task What_is_wrong_in_one_is_told_by_its_field(string json, string told)
    {
        await File.WriteAllTextAsync(path, json, TestContext.Current.CancellationToken);

        var fault = await Should.ThrowAsync<CommandException>(() => IncidentPostmortemCommand.ReadAsync(new(path), TestContext.Current.CancellationToken));

        fault.Message.ShouldContain(told);
        fault.Message.ShouldNotContain("Paddock.Control");
    }

    [Fact]
    public async Task What_is_right_is_read()
    {
        await File.WriteAllTextAsync(path, "{\"version\": 3, \"summary\": \"a\"}", TestContext.Current.CancellationToken);

        (await IncidentPostmortemCommand.ReadAsync(new(path), TestContext.Current.CancellationToken)).Summary.ShouldBe("a");
    }

    public void Dispose() => File.Delete(path);
}
