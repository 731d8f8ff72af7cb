using Paddock.Control.Identity;
using Paddock.Core.Identity;
using Paddock.Core.Policies;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Identity;

public class KeyLifeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_revoked_key_is_dead_at_once_and_only_once()
    {
        await using var control = await StartAsync();
        var made = await control.KeyAsync();

        var revoked = (await control.Get<RevokeKey>().RunAsync(Admin, made.Key.Prefix, Cancellation)).ShouldBeDone();
        var again = await control.Get<RevokeKey>().RunAsync(Admin, made.Key.Id, Cancellation);

        revoked.RevokedAt.ShouldBe(Noon);
        control.Present(made.Token).ShouldBeOfType<KeyOutcome.Refused>().Reason.ShouldBe(RefusalReason.KeyRevoked);
        again.ShouldBeConflict();
    }

    [Fact]
    public async Task After_a_rotation_both_keys_work_until_the_overlap_ends()
    {
        await using var control = await StartAsync();
        var old = await control.KeyAsync();

        var made = (await control.Get<RotateKey>().RunAsync(Admin, "laptop", new(OverlapSeconds: 3600), Cancellation)).ShouldBeDone();

        made.Key.Replaces.ShouldBe(old.Key.Id);
        control.Present(old.Token).ShouldBeOfType<KeyOutcome.Known>();
        control.Present(made.Token).ShouldBeOfType<KeyOutcome.Known>().Caller.Key.Scopes.Models.ShouldBeTrue();
        control.Time.Advance(TimeSpan.FromHours(1));
        control.Present(old.Token).ShouldBeOfType<KeyOutcome.Refused>().Reason.ShouldBe(RefusalReason.KeyExpired);
        control.Present(made.Token).ShouldBeOfType<KeyOutcome.Known>();
    }

    [Fact]
    public async Task A_rotation_without_overlap_ends_the_old_key_now_and_the_name_means_the_new_one()
    {
        await using var control = await StartAsync();
        var old = await control.KeyAsync();

        var second = (await control.Get<RotateKey>().RunAsync(Admin, "laptop", new(OverlapSeconds: 0), Cancellation)).ShouldBeDone();
        var third = (await control.Get<RotateKey>().RunAsync(Admin, "laptop", new(), Cancellation)).ShouldBeDone();

        control.Present(old.Token).ShouldBeOfType<KeyOutcome.Refused>();
        third.Key.Replaces.ShouldBe(second.Key.Id);
    }

    [Fact]
    public async Task A_rotated_key_gets_its_lifetime_again()
    {
        await using var control = await StartAsync();
        await control.Get<CreateKey>().RunAsync(Admin, new() { Name = "k", User = "ada", ExpiresInSeconds = 600 }, Cancellation);
        control.Time.Advance(TimeSpan.FromSeconds(500));

        var made = (await control.Get<RotateKey>().RunAsync(Admin, "k", new(), Cancellation)).ShouldBeDone();

        made.Key.ExpiresAt.ShouldBe(Noon.AddSeconds(1100));
    }

    [Fact]
    public async Task Whoever_rotates_a_key_must_have_its_roles_but_anyone_who_manages_keys_may_revoke_it()
    {
        await using var control = await StartAsync();
        await control.KeyAsync("ops", "ada", "admin");
        var personnel = new Actor("usr_x", ControlRoles.Identity);

        (await control.Get<RotateKey>().RunAsync(personnel, "ops", new(), Cancellation)).ShouldBeForbidden(ControlRoles.Admin);
        (await control.Get<RevokeKey>().RunAsync(personnel, "ops", Cancellation)).ShouldBeDone();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(7_776_001)]
    public async Task An_overlap_is_bounded(long seconds)
    {
        await using var control = await StartAsync();
        await control.KeyAsync();

        (await control.Get<RotateKey>().RunAsync(Admin, "laptop", new(seconds), Cancellation)).ShouldBeInvalid("overlapSeconds");
    }

    [Fact]
    public async Task A_name_that_several_live_keys_have_names_none()
    {
        await using var control = await StartAsync();
        await control.KeyAsync();
        var other = await control.KeyAsync(user: "bob");

        (await control.Get<RevokeKey>().RunAsync(Admin, "laptop", Cancellation)).ShouldBeMissing();
        (await control.Get<RotateKey>().RunAsync(Admin, "laptop", new(), Cancellation)).ShouldBeMissing();
        (await control.Get<RevokeKey>().RunAsync(Admin, other.Key.Prefix, Cancellation)).ShouldBeDone();
        (await control.Get<RevokeKey>().RunAsync(Admin, "laptop", Cancellation)).ShouldBeDone();
    }

    [Fact]
    public async Task A_list_shows_everything_of_a_key_but_the_key()
    {
        await using var control = await StartAsync();
        var first = await control.KeyAsync();
        control.Time.Advance(TimeSpan.FromMinutes(1));
        var second = await control.KeyAsync("desktop");

        var list = (await control.Get<ListKeys>().RunAsync(Admin, Cancellation)).ShouldBeDone();

        list.Keys.Select(key => key.Name).ShouldBe(["desktop", "laptop"]);
        var text = System.Text.Json.JsonSerializer.Serialize(list, ControlJson.Default.KeyList);
        text.ShouldNotContain(first.Token[12..]);
        text.ShouldNotContain(second.Token[12..]);
    }
}
