using System.Text.Json;
using Paddock.Agents.RooCode.Attachments;
using Paddock.Agents.Tests.RooCode.Settings;
using Paddock.Agents.Tests.RooCode.SignIn;

namespace Paddock.Agents.Tests.RooCode.Attachments;

/// <summary>What a machine needs, as extension (3.52.1) and command line (0.1.17) read it.</summary>
public class RooAttachmentTests
{
    [Theory]
    [InlineData(Desktop.Linux, "/etc/roo-code/mdm.dev.json")]
    [InlineData(Desktop.Mac, "/Library/Application Support/RooCode/mdm.dev.json")]
    [InlineData(Desktop.Windows, @"%ProgramData%\RooCode\mdm.dev.json")]
    public void The_file_that_asks_for_signing_in_lies_where_the_extension_looks(Desktop desktop, string place)
    {
        foreach (var agent in RooAttachment.Agents)
        {
            var target = new AttachTarget(agent, desktop, "https://paddock.example", "org_1", CaFile: null);
            var (one, any) = (Mdm(target), Mdm(target with { Organization = null }));

            (one.Place, one.Name, one.OfMachine).ShouldBe((place, "mdm.dev.json", true), agent); // the other name is for the vendor's own sign-in
            one.Text.ShouldBe(ClerkSchemas.Mdm);
            any.Text.ShouldBe(ClerkSchemas.Mdm);
            (Required(one), Organization(one), Required(any), Organization(any)).ShouldBe((true, "org_1", true, null));
        }
    }

    [Fact]
    public void Roo_codes_variables_lead_to_the_places_where_each_is_answered() =>
        RooAttachment.Variables(new("roo-code", Desktop.Linux, "https://paddock.example", Organization: null, "/etc/ssl/company.pem")).ShouldBe(
        [
            ("ROO_CODE_API_URL", "https://paddock.example/roo"),
            ("CLERK_BASE_URL", "https://paddock.example/roo/clerk"),
            ("ROO_CODE_PROVIDER_URL", "https://paddock.example/roo/proxy"),
            ("ROO_AUTH_BASE_URL", "https://paddock.example/roo"),
            ("ROO_SDK_BASE_URL", "https://paddock.example/roo"),
            ("NODE_EXTRA_CA_CERTS", "/etc/ssl/company.pem"),
        ]);

    [Fact]
    public void Zoo_codes_have_a_name_of_their_own_and_none_for_a_command_line() =>
        RooAttachment.Variables(new("zoo-code", Desktop.Linux, "https://paddock.example", Organization: null, CaFile: null)).ShouldBe(
        [
            ("ZOO_CODE_API_URL", "https://paddock.example/roo"),
            ("CLERK_BASE_URL", "https://paddock.example/roo/clerk"),
            ("ROO_CODE_PROVIDER_URL", "https://paddock.example/roo/proxy"),
        ]);

    private static AttachedFile Mdm(AttachTarget target) => RooAttachment.Files(target).Single(static file => file.Name.StartsWith("mdm", StringComparison.Ordinal));

    private static bool Required(AttachedFile file) => JsonElement.Parse(file.Text).GetProperty("requireCloudAuth").GetBoolean();

    private static string? Organization(AttachedFile file) => JsonElement.Parse(file.Text).TryGetProperty("organizationId", out var id) ? id.GetString() : null;
}
