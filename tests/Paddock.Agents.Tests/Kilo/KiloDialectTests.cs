using Paddock.Agents.Kilo;

namespace Paddock.Agents.Tests.Kilo;

public class KiloDialectTests
{
    private const string Custom = """
        User-Agent: Kilo-Code/7.7.7 ai-sdk/provider-utils/4.0.27 runtime/bun/1.3.14
        http-referer: https://kilocode.ai
        x-session-affinity: ses_df618a8fcffepxUONILXx9qDmW
        x-session-id: ses_df618a8fcffepxUONILXx9qDmW
        x-title: Kilo Code
        """;

    private readonly KiloDialect kilo = new();

    [Fact]
    public void A_custom_provider_tells_version_and_session()
    {
        var call = new RecordedCall(Custom);

        kilo.Recognizes(call).ShouldBeTrue();
        kilo.Read(call).ShouldSatisfyAllConditions(f => f.Agent.ShouldBe("kilo"), f => f.AgentVersion.ShouldBe("7.7.7"), f => f.NativeTask.ShouldBe("ses_df618a8fcffepxUONILXx9qDmW"), f => f.Mode.ShouldBeNull());
    }

    [Fact]
    public void Its_own_provider_tells_mode_device_and_parent()
    {
        var call = new RecordedCall("x-kilocode-taskid: t-2\nx-kilocode-parent-taskid: t-1\nx-kilocode-mode: code\nx-kilocode-machineid: m-1\nx-kilocode-feature: cli");

        kilo.Recognizes(call).ShouldBeTrue();
        kilo.Read(call).ShouldSatisfyAllConditions(f => f.NativeTask.ShouldBe("t-2"), f => f.ParentTask.ShouldBe("t-1"), f => f.Mode.ShouldBe("code"), f => f.Device.ShouldBe("m-1"));
    }

    [Fact]
    public void A_used_up_budget_is_payment_required_because_it_retries_every_429() => kilo.Dress(Refused.Budget).Status.ShouldBe(402);
}
