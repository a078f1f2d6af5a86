// /export is a folder to a plain web server: this makes it an address of the app everywhere.
location.replace('../index.html?page=export');
