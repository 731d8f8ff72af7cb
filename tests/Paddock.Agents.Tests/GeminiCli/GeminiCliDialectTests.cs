using Paddock.Agents.GeminiCli;

namespace Paddock.Agents.Tests.GeminiCli;

public class GeminiCliDialectTests
{
    [Fact]
    public void Its_user_agent_tells_it_and_its_version()
    {
        var (gemini, call) = (new GeminiCliDialect(), new RecordedCall("user-agent: GeminiCLI-tui/0.61.0/gemini-3-pro (linux; x64)"));

        gemini.Recognizes(call).ShouldBeTrue();
        gemini.Read(call).ShouldSatisfyAllConditions(f => f.Agent.ShouldBe("gemini-cli"), f => f.AgentVersion.ShouldBe("0.61.0"), f => f.NativeTask.ShouldBeNull());
    }
}
