using Paddock.Core.Identity;
using Paddock.Core.Ledger;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;
using Paddock.Testing;

namespace Paddock.Control.Tests.Tasks;

/// <summary>People whose agents work, with what the gateway would record of it.</summary>
internal static class Workers
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Somebody's task, which began at noon.</summary>
    public static RecordedWork WorkOf(this ControlUnderTest control, Actor who, string native = "s1", DateTimeOffset? begin = null, string? parent = null, string? mode = "code") =>
        new(control.Get<ILedger>(), control.Get<IDecisions>(), who.Id, who.Key!.Value.Value, native, begin ?? ControlUnderTest.Noon) { Parent = parent, Mode = mode };

    public static Task FoldAsync(this ControlUnderTest control) => control.Get<ITasks>().FlushAsync(Cancellation);

    /// <summary>The same person with control roles in their session.</summary>
    public static Actor With(this Actor who, ControlRoles roles) => who with { Roles = roles };
}
