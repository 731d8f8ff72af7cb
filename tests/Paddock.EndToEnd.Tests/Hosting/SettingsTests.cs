namespace Paddock.EndToEnd.Tests.Hosting;

public class SettingsTests
{
    [Fact]
    public async Task All_faults_of_a_settings_file_are_told_together_each_with_its_line_and_a_remedy()
    {
        using var place = new Installation();
        var file = place.Write("paddock.yaml", """
            urls: ftp://127.0.0.1:5080
            drian: 30s
            log:
              level: loud
            limits:
              maxBodyBytes: a lot
            behindProxy: [10.0.0.0/99]
            """);

        var refused = await place.RunAsync(["serve", "--config", file]);

        refused.Code.ShouldBe(2);
        refused.Errors.ShouldContain($"{file}:1: 'ftp://127.0.0.1:5080' is no address to listen on; expected such as");
        refused.Errors.ShouldContain($"{file}:2: There is no setting 'drian'. Did you mean 'drain'?");
        refused.Errors.ShouldContain($"{file}:4: Expected one of trace, debug,");
        refused.Errors.ShouldContain($"{file}:6: Expected a whole number");
        refused.Errors.ShouldContain($"{file}:7: '10.0.0.0/99' is no address and no CIDR range");
    }

    [Fact]
    public async Task The_secret_at_the_identity_provider_is_a_variable_and_no_unknown_setting()
    {
        using var place = new Installation();

        var refused = await place.RunAsync(["serve", "--urls", "ftp://127.0.0.1"], new Dictionary<string, string> { ["PADDOCK_SIGNIN_OIDC_CLIENT_SECRET"] = "a secret", ["PADDOCK_SIGNIN_OIDC_CLIENT_SECRETS"] = "x" });

        refused.Errors.ShouldContain("PADDOCK_SIGNIN_OIDC_CLIENT_SECRETS");
        refused.Errors.ShouldNotContain("PADDOCK_SIGNIN_OIDC_CLIENT_SECRET:");
        refused.Errors.ShouldNotContain("a secret");
    }

    [Theory]
    [InlineData("PADDOCK_DRIAN", "30s", "PADDOCK_DRAIN")]
    [InlineData("PADDOCK_POSTGRES", "garbage", "Host=")]
    [InlineData("PADDOCK_LOG_LEVEL", "loud", "information")]
    [InlineData("PADDOCK_PEPPER", "abc", "hexadecimal")]
    [InlineData("PADDOCK_AUDIT_NAME", "https://audit.example", "without scheme")]
    public async Task A_wrong_variable_is_named_with_a_remedy(string name, string value, string remedy)
    {
        using var place = new Installation();

        var refused = await place.RunAsync(["serve", "--urls", "http://127.0.0.1:0"], new Dictionary<string, string> { [name] = value });

        refused.Code.ShouldBe(2);
        refused.Errors.ShouldContain(name);
        refused.Errors.ShouldContain(remedy);
        refused.Errors.ShouldNotContain("   at ");
    }
}
